import type { Catalogue } from '../messages.ts';
import { dialogs } from './dialogs/pt-BR.ts';

/** All texts of the element, in Brazilian Portuguese. */
export const ptBR: Catalogue = {
  ...dialogs,

  'board.title': 'Chamadas estacionadas',
  'board.count':
    '{n, plural, =0 {Nenhuma chamada estacionada} one {# chamada estacionada} ' +
    'other {# chamadas estacionadas}}',

  'slot.free': 'Livre',
  'slot.wasFree': 'Estava livre',
  'slot.unknown': 'Sem dados',
  'slot.parking': 'Estacionando…',
  'slot.bridging': 'Conectando…',
  'slot.unconfirmed': 'Ainda não confirmado',
  'slot.mine': 'Sua',
  'slot.mineOf': 'Sua: {name}',
  'slot.parkedBy': 'Estacionada por {name}',
  'slot.foreign': 'Estacionada em outro lugar',
  'slot.returning': 'Retornando…',
  'slot.next': 'Espera há mais tempo',
  'slot.for': 'para {name}',
  'slot.slow': 'Linha lenta: ainda sem resposta',
  'slot.within': '≤ {time}',
  'slot.waiting': 'Espera {time}',
  'slot.asOf': 'situação de {time} atrás',
  'slot.checked': 'verificado há {s} s',
  'slot.ago': 'há {time}',

  'stage.soon': 'Volta em breve',
  'stage.near': 'Volta muito em breve',
  'stage.late': 'Prestes a voltar',

  'label.free': 'Vaga {n}, livre',
  'label.wasFree': 'Vaga {n}, estava livre',
  'label.unknown': 'Vaga {n}, ainda sem dados',
  'label.parkingSlot': 'Vaga {n}, estacionando',
  'label.bridgingSlot': 'Vaga {n}, conectando',
  'label.parking': 'Vaga {n}, {who}, estacionando',
  'label.bridging': 'Vaga {n}, {who}, conectando',
  'label.held': 'Vaga {n}, {who}, {parked}, {left}',
  'label.aged': '{what}, {age}',
  'label.notConfirmed': 'ainda não confirmado',
  'label.asOf':
    'situação de {m, plural, =0 {} one {# minuto} other {# minutos}} ' +
    '{s, plural, =0 {} one {# segundo} other {# segundos}} atrás',
  'label.confirm':
    'Conectar {who} com {name}? Pressione de novo para confirmar, Escape para cancelar. Vaga {n}',
  'label.confirmTouch': 'Conectar {who} com {name}? Toque de novo para confirmar. Vaga {n}',
  'label.askPickUp':
    'Atender {who}? Pressione de novo para confirmar, Escape para cancelar. Vaga {n}',
  'label.askPickUpTouch': 'Atender {who}? Toque de novo para confirmar. Vaga {n}',
  'label.note': 'nota: {text}',
  'label.next': 'espera há mais tempo',
  'label.mine': 'estacionada por você',
  'label.mineOf': 'estacionada por você, ramal {name}',
  'label.parkedBy': 'estacionada por {name}',
  'label.foreign': 'estacionada em outro lugar',
  'label.named': '{name}, {number}',
  'label.call': '{who}, {state}',
  'label.callOf': '{who}, {state}, ramal {name}',
  'label.partyOf': '{who}, ramal {name}',

  'left.exact':
    'retorna em {m, plural, =0 {} one {# minuto} other {# minutos}} ' +
    '{s, plural, =0 {} one {# segundo} other {# segundos}}',
  'left.within':
    'retorna em até {m, plural, =0 {} one {# minuto} other {# minutos}} ' +
    '{s, plural, =0 {} one {# segundo} other {# segundos}}',
  'left.waiting':
    'espera há {m, plural, =0 {} one {# minuto} other {# minutos}} ' +
    '{s, plural, =0 {} one {# segundo} other {# segundos}}',
  'left.returning': 'retornando',
  'left.unknown': 'tempo de espera desconhecido',

  'caller.withheld': 'Número oculto',
  'caller.unknown': 'Chamador desconhecido',

  'act.parkHere': 'Estacionar aqui',
  'act.parkHereSlot': 'Estacionar aqui, vaga {n}',
  'act.parkNext': 'Estacionar',
  'act.pickUp': 'Atender',
  'act.pickUpSlot': 'Atender {who}, vaga {n}',
  'act.sendTo': 'Passar para {name}',
  'act.sendToSlot': 'Passar para {name}: {who}, vaga {n}',
  'act.sendOn': 'Passar para …',
  'act.sendOnSlot': 'Passar para …: {who}, vaga {n}',
  'act.announce': 'Anunciar',
  'act.announceSlot': 'Anunciar {who}, vaga {n}',
  'act.page': 'Avisar {name}',
  'act.pageSlot': 'Avisar {name}: {who}, vaga {n}',
  'act.pageOn': 'Avisar …',
  'act.cancel': 'Cancelar',
  'act.check': 'Verificar',
  'act.checkSlot': 'Verificar a vaga {n}',
  'act.refresh': 'Atualizar',
  'act.dismiss': 'Ocultar',
  'act.details': 'Detalhes',
  'act.detailsSlot': 'Detalhes da vaga {n}',
  'act.copy': 'Copiar',
  'act.close': 'Fechar',
  'act.settings': 'Configurações',
  'act.help': 'Atalhos',
  'act.report': 'Salvar um relatório',
  'act.menu': 'Mais',
  'act.list': 'Mostrar como lista',
  'act.answer': 'Atender',
  'act.answerWho': 'Atender: {who}',
  'act.parkAgain': 'Estacionar de novo',
  'act.parkAgainWho': 'Estacionar de novo na vaga {n}, depois de atender: {who}',
  'act.takeBack': 'Recuperar',
  'act.sure': 'Pressione outra vez para recuperar',
  'act.putBack': 'Devolver',

  'ask.park': 'Estacionar aqui?',
  'ask.pickUp': 'Atender {who}?',
  'ask.bridge': 'Passar {who} para {name}?',

  'why.needCall': 'Primeiro atenda ou faça uma chamada',
  'why.needAnswer': 'Primeiro atenda a chamada',
  'why.parked': 'A chamada escolhida está estacionada: escolha uma ativa',
  'why.sameCall': 'Uma chamada não pode ser conectada com ela mesma',
  'why.pending': 'A ação anterior ainda está em andamento',
  'why.offline': 'Sem conexão com a central: agora não é possível estacionar',
  'why.offlineCall': 'Sem conexão com a central: agora não é possível atender esta chamada',
  'why.lookOnly': 'Este painel só mostra as vagas',
  'why.asked': 'Pedindo à central que ligue para o seu telefone…',
  'why.ringing': 'Seu telefone está tocando: atenda',
  'why.howToReach':
    'Para falar com esta pessoa, primeiro atenda ou faça uma chamada e depois pressione “Passar para …”',
  'why.empty': 'A vaga {n} está vazia',
  'why.needForWhom': 'Anote primeiro para quem a chamada espera',
  'why.noneWaits': 'Nenhuma chamada em espera',
  'why.otherCall': 'Outra chamada acabou de ser escolhida. Pressione de novo se for essa',
  'why.vetoed': 'Esta página não permite isso',
  'why.moved': 'A lista acabou de mudar de lugar. Pressione de novo se for esta vaga',
  'why.movedCalls': 'As chamadas acabaram de se mover. Pressione de novo se for esta',
  'why.changed': 'A vaga {n} acabou de mudar. Pressione de novo se for esta chamada',
  'why.noneRings': 'Nenhuma chamada toca',
  'why.offlineRings': 'Sem conexão com a central: o painel não sabe qual chamada toca',
  'why.noneBack': 'Nenhuma chamada voltou',
  'why.tooLate': 'Tarde demais: não é mais possível desfazer',

  'urgent.next': 'Vaga {n}: {who}. Pressione {key} de novo para atender',

  'calls.own': 'Suas chamadas',
  'calls.title': 'Chamadas de {name}',
  'calls.none': 'Nenhuma chamada',

  'call.ringing': 'Tocando',
  'call.answering': 'Atendendo…',
  'call.talking': 'Em conversa',
  'call.connected': 'Em conversa com {who}',
  'call.pickUp': 'Atender {n}: {who}',
  'call.parked': 'Estacionada na vaga {n}',
  'call.parkedSomewhere': 'Estacionada',
  'call.in': 'Chamada recebida',
  'call.out': 'Chamada efetuada',

  'back.from': 'de volta da vaga {n}',
  'back.waited': 'esperou {time}',
  'back.one': '{who} está {about}',
  'back.many': '{n, plural, one {# chamada está} other {# chamadas estão}} de volta: {list}',

  'note.for': 'para {name}',
  'note.text': '“{text}”',
  'note.title': 'Nota, vaga {n}',
  'note.forField': 'Para quem',
  'note.textField': 'Nota',
  'note.save': 'Salvar',
  'note.saved': 'Anotado, vaga {n}: {about}',
  'note.removed': 'A nota da vaga {n} foi removida',
  'note.changed': 'Na vaga {n} espera agora outra chamada. A nota não foi salva',

  'announce.say': '{who}, chamada na {n}',
  'announce.for': '{name}: {say}',
  'announce.copied': 'Copiado: {text}',

  'toast.parked': 'Estacionada na vaga {n}',
  'toast.held': 'Vaga {n}: {who} está esperando',
  'toast.free': 'A vaga {n} está livre',
  'toast.unknown': 'Vaga {n}: a central não informou nada',
  'toast.refreshed':
    '{n, plural, =0 {Nenhuma vaga livre} one {# vaga livre} other {# vagas livres}}',
  'toast.dueMany':
    '{n, plural, one {# chamada retorna} other {# chamadas retornam}} em ' +
    '{s, plural, one {# segundo} other {# segundos}}: {list}',
  'toast.due': 'Vaga {n}: {who} retorna em {s, plural, one {# segundo} other {# segundos}}',
  'toast.stage': '{stage}: {list}',
  'toast.returning': 'Vaga {n}: {who} está voltando',
  'toast.returningMany':
    '{n, plural, one {# chamada está voltando} other {# chamadas estão voltando}}: {list}',
  'toast.connected': '{who} e {other} estão em conversa',
  'toast.askToPark': 'Não é possível desfazer aqui: {other} pode estacionar a chamada de {who}',
  'toast.cancelled': 'Cancelado: {who} continua esperando na vaga {n}',
  'toast.pickedUp': 'Você fala com {who}',
  'toast.announced': 'Anunciado: {text}',
  'toast.paged': 'Enviado para {name}: {text}',
  'toast.forMe': 'Vaga {n}: {who} espera por você',

  'checked.parked': 'A chamada foi estacionada na vaga {n}: {who}',
  'checked.notParked': 'A chamada não foi estacionada e continua na linha: {who}',
  'checked.waits': 'A chamada não foi conectada e ainda espera na vaga {n}: {who}',
  'checked.left': 'A chamada saiu da vaga {n}: {who}',
  'checked.doubt': '{what}. Verifique antes de tentar de novo',

  'unknown.park':
    'Não se sabe se a chamada foi estacionada{n, plural, =0 {} other { na vaga #}}: {who}',
  'unknown.bridge': 'Não se sabe se a chamada foi conectada: {who}',
  'unknown.pickUp': 'Não se sabe se a chamada foi capturada: {who}',
  'unknown.note': 'Não se sabe se a nota foi salva: {who}',

  'failed.why': '{what}. {why}',
  'failed.checking': '{what}. {why}. O painel está verificando…',
  'failed.park': 'Chamada não estacionada: {who}',
  'failed.bridge': 'Chamada não conectada: {who}',
  'failed.pickUp': 'Chamada não capturada: {who}',
  'failed.note': 'A nota não foi salva: {who}',
  'failed.answer': 'Chamada não atendida: {who}',
  'failed.announce': 'Chamada não anunciada: {who}',
  'failed.page': 'Mensagem não enviada: {who}',
  'failed.check': 'A vaga {n} não foi verificada',
  'failed.refresh': 'As vagas não foram verificadas',
  'failed.report': 'O relatório não foi salvo',

  'lost.taken': '{name} pegou a chamada antes',
  'lost.bridged': 'Outra pessoa pegou a chamada antes',
  'lost.returned': 'A chamada voltou ao ramal que a estacionou',
  'lost.returnedYou': 'A chamada voltou para você',
  'lost.returnedTo': 'A chamada voltou para {name}',
  'lost.abandoned': 'Quem ligou desligou',
  'lost.unknown': 'A chamada saiu da vaga',
  'lost.slot': '{who} já espera na vaga {n}',
  'lost.slotBy': '{who} já espera na vaga {n}; quem estacionou: {name}',

  'departures.title': 'Saídas recentes',
  'departures.none': 'Nenhuma chamada saiu ainda',

  'departure.bridged': 'Vaga {n}: chamada conectada ({who})',
  'departure.taken': 'Vaga {n}: {name} pegou a chamada de {who}',
  'departure.by': 'Vaga {n}: {name} conectou {who}',
  'departure.sent': 'Vaga {n}: {name} passou {who} para {other}',
  'departure.returned': 'Vaga {n}: {who} retornou ao ramal que estacionou a chamada',
  'departure.returnedYou': 'Vaga {n}: {who} retornou para você',
  'departure.returnedTo': 'Vaga {n}: {who} retornou para {name}',
  'departure.abandoned': 'Vaga {n}: {who} desligou',
  'departure.unknown': 'Vaga {n}: {who} saiu (motivo desconhecido)',
  'departure.bridgedMany':
    '{n, plural, one {# chamada conectada} other {# chamadas conectadas}}: {list}',
  'departure.takenMany': '{name} pegou {n, plural, one {# chamada} other {# chamadas}}: {list}',
  'departure.byMany': '{name} conectou {n, plural, one {# chamada} other {# chamadas}}: {list}',
  'departure.returnedMany':
    '{n, plural, one {# chamada retornou ao ramal que a estacionou} ' +
    'other {# chamadas retornaram aos ramais que as estacionaram}}: {list}',
  'departure.returnedYouMany':
    '{n, plural, one {# chamada retornou} other {# chamadas retornaram}} para você: {list}',
  'departure.returnedToMany':
    '{n, plural, one {# chamada retornou} other {# chamadas retornaram}} para {name}: {list}',
  'departure.abandonedMany':
    '{n, plural, one {# chamador desligou} other {# chamadores desligaram}}: {list}',
  'departure.unknownMany':
    '{n, plural, one {# chamada saiu} other {# chamadas saíram}} (motivo desconhecido): {list}',

  'list.search': 'Procurar vaga ou chamador',
  'list.place': 'vaga {n} {who}',
  'list.found':
    '{n, plural, =0 {Nada encontrado} one {# vaga encontrada} other {# vagas encontradas}}',

  'notify.due': 'Vaga {n}: {who}',
  'notify.dueText': 'Retorna em {s, plural, one {# segundo} other {# segundos}}',
  'notify.forMe': 'Espera por você',
  'notify.returned': 'Retornou para você',

  'title.due': '{time} – {who}',
  'title.back': 'De volta: {who}',
  'title.returning': 'Voltando – {who}',

  'sound.blocked': 'O som está bloqueado – clique para ativar',

  'sync.idle': 'Sem atualização',
  'sync.live': 'Ao vivo',
  'sync.asking': 'Atualizando',
  'sync.blind': 'Nenhuma chamada ativa para consultar',
  'sync.limited': 'Atualização mais lenta',
  'sync.limitedUntil': 'Mais lenta até {time}',
  'sync.offline': 'Sem conexão',
  'sync.unauthorized': 'Não autorizado',
  'sync.lost': 'Reiniciando',
  'sync.closed': 'Fechado',
  'sync.checked': 'verificado às {time}',

  'wall.waiting': '{n, plural, =0 {Ninguém espera} one {# em espera} other {# em espera}}',
  'wall.none': 'Nenhuma chamada espera',
  'wall.longest': 'a mais longa {time}',
  'wall.more': 'e mais {n}',

  'report.saved': 'Relatório salvo: {name}',

  'error.taken': '{n, plural, =0 {A vaga} other {A vaga #}} já está ocupada',
  'error.lot-full': 'Todas as vagas estão ocupadas',
  'error.already-parked':
    'Esta chamada já espera {n, plural, =0 {em outra vaga} other {na vaga #}}',
  'error.vacant': '{n, plural, =0 {A vaga} other {A vaga #}} está vazia agora',
  'error.nobody-waiting': 'Nenhuma chamada em espera',
  'error.different-call': '{n, plural, =0 {A vaga} other {A vaga #}} agora tem outra chamada',
  'error.same-call': 'Uma chamada não pode ser conectada com ela mesma',
  'error.no-such-slot': '{n, plural, =0 {Essa vaga} other {A vaga #}} não existe',
  'error.slot-required': 'Escolha uma vaga: esta central exige uma',
  'error.no-such-call': 'A central não conhece mais esta chamada',
  'error.no-such-extension': 'A central não conhece este ramal',
  'error.unauthorized': 'A central não aceita este token',
  'error.forbidden': 'A central não permite isso',
  'error.rate-limited': 'Muitas solicitações: tente de novo mais tarde',
  'error.bad-request': 'A central não entendeu a solicitação',
  'error.invalid-slot': 'Isto não é um número de vaga',
  'error.invalid-call': 'Isto não é um identificador de chamada',
  'error.invalid-extension': 'Isto não é um ramal',
  'error.invalid-action': 'Esta ação não existe',
  'error.invalid-options': 'O painel está mal configurado',
  'error.invalid-event': 'O painel recebeu um evento de chamada inválido',
  'error.not-loaded': 'O painel não conseguiu carregar o seu núcleo',
  'error.disposed': 'O painel está fechado',
  'error.aborted': 'Cancelado',
  'error.unreachable': 'Não foi possível acessar a central',
  'error.timed-out': 'A central não respondeu a tempo',
  'error.server-error': 'Ocorreu um erro na central',
  'error.unclear': 'A resposta da central não é clara',
  'error.no-live-call':
    'Primeiro atenda ou faça uma chamada: o painel precisa dela para consultar a central',
  'error.asker-parked':
    'Ninguém está conectado: o chamador já tinha saído. A sua própria chamada agora espera ' +
    '{n, plural, =0 {na vaga} other {na vaga #}}: pegue-a lá',
  'error.not-there':
    'A chamada não está {n, plural, =0 {na vaga} other {na vaga #}}: ela saiu na hora, ou foi ' +
    'conectada com outro chamador',
  'error.no-notes': 'A observação não pode ser salva: este servidor não guarda observações',
  'error.no-pick-up':
    'Este painel não consegue fazer o seu telefone tocar: atenda ou faça outra chamada e conecte-a ' +
    'com a que espera',
  'error.no-answer': 'O seu telefone não foi atendido: o chamador ainda espera',
  'error.lost': 'O painel perdeu os seus dados e está carregando de novo',
  'error.unexpected': 'Algo deu errado: {text}',
};
