import type { PartialCatalogue } from '../../element/messages.ts';
import type { en } from './en.ts';

/** All texts of the page around the element, in Brazilian Portuguese. */
export const ptBR: PartialCatalogue<keyof typeof en> = {
  'page.extensions': 'Ramal',
  'page.extension': '{name} ({number})',
  'page.noExtension': 'O ramal {text} não existe: escolha um destes',
  'page.noSwitch': 'A central não respondeu: {text}',
  'page.try': 'Experimentar',
  'page.tryRing': 'Experimentar: ligar para este painel',

  'pair.title': 'Vincular este painel',
  'pair.intro': 'Este painel ainda não está vinculado. Um administrador o vincula com este código:',
  'pair.revoked':
    'O acesso deste painel terminou. Um administrador pode vinculá-lo de novo com este código:',
  'pair.code': 'Código de vinculação: {code}',
  'pair.command':
    'Digite este comando no servidor, com o seu ramal e um nome para este painel. Depois, a página continua sozinha.',
  'pair.until': 'O código vale até {time}. Depois aparece um novo código.',
  'pair.failed': 'Sem conexão com o relay. A página tenta de novo. ({text})',

  'drawer.title': 'Chamadas de teste',
  'drawer.intro': 'Faça você mesmo o papel dos chamadores. Não é preciso telefone.',
  'drawer.name': 'Nome',
  'drawer.number': 'Número',
  'drawer.ring': 'Ligar para {number}',
  'drawer.calls': 'Chamadas',
  'drawer.none': 'Nenhuma chamada',
  'drawer.bridged': 'Conectada com outra chamada',
  'drawer.answer': 'Atender',
  'drawer.answerWho': 'Atender: {who}',
  'drawer.leave': 'O chamador desliga',
  'drawer.leaveWho': 'O chamador desliga: {who}',
  'drawer.clock': 'Adiantar o relógio da central',
  'drawer.clockNow': 'O relógio marca {time}',
  'drawer.clockHint':
    'Uma chamada espera {m, plural, one {# minuto} other {# minutos}} pelo relógio da central. ' +
    'A contagem no quadro é uma estimativa pelo relógio desta página, que não muda.',
  'drawer.forwardSeconds': '{n, plural, one {# segundo} other {# segundos}}',
  'drawer.forwardMinutes': '{n, plural, one {# minuto} other {# minutos}}',
  'drawer.failed': 'A central recusou: {text}',

  'tour.title': 'Conheça em um minuto',
  'tour.ring': 'Faça um chamador tocar. Pressione “Ligar”.',
  'tour.answer': 'O telefone toca. Pressione “Atender”.',
  'tour.park': 'Você está falando. Pressione “Estacionar” ou escolha uma vaga livre.',
  'tour.hear': 'Agora você diria: “{text}”. Faça um segundo chamador tocar e atenda.',
  'tour.bridge':
    'Pressione “Passar para …” na vaga. Os dois chamadores ficam conectados e a sua linha fica livre.',
  'tour.done': 'É só isso. O registro mostra cada solicitação enviada.',
  'tour.again': 'Repetir',
  'tour.skip': 'Pular',
  'faults.title': 'Falhas de linha',
  'faults.calm': 'Nenhuma',
  'faults.rough': 'Algumas: lento, e respostas se perdem',
  'faults.storm': 'Muitas: lento, e muitas solicitações falham',

  'log.title': 'Registro de solicitações',
  'log.intro': 'As últimas solicitações e suas respostas, exatamente como enviadas e recebidas.',
  'log.none': 'Nenhuma solicitação ainda',
  'log.waiting': 'Ainda sem resposta',
  'log.stream': 'Um fluxo que fica aberto',
  'log.emptyBody': 'Sem conteúdo',
  'log.failed': 'Sem resposta: {text}',
  'log.took': '{ms} ms',
  'log.clear': 'Limpar',
  'log.request': 'Solicitação',
  'log.answer': 'Resposta',
};
