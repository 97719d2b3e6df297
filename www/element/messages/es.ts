import type { Catalogue } from '../messages.ts';
import { dialogs } from './dialogs/es.ts';

/** All texts of the element, in Spanish. */
export const es: Catalogue = {
  ...dialogs,

  'board.title': 'Llamadas estacionadas',
  'board.count':
    '{n, plural, =0 {Ninguna llamada estacionada} one {# llamada estacionada} ' +
    'other {# llamadas estacionadas}}',

  'slot.free': 'Libre',
  'slot.wasFree': 'Estaba libre',
  'slot.unknown': 'Sin datos',
  'slot.parking': 'Estacionando…',
  'slot.bridging': 'Conectando…',
  'slot.unconfirmed': 'Sin confirmar',
  'slot.mine': 'Suya',
  'slot.mineOf': 'Suya: {name}',
  'slot.parkedBy': 'Estacionada por {name}',
  'slot.foreign': 'Estacionada desde otro lugar',
  'slot.returning': 'Regresa…',
  'slot.next': 'Es quien más espera',
  'slot.for': 'para {name}',
  'slot.slow': 'Línea lenta: aún no hay respuesta',
  'slot.within': '≤ {time}',
  'slot.waiting': 'Espera {time}',
  'slot.asOf': 'estado de hace {time}',
  'slot.checked': 'comprobado hace {s} s',
  'slot.ago': 'hace {time}',

  'stage.soon': 'Vuelve pronto',
  'stage.near': 'Vuelve muy pronto',
  'stage.late': 'A punto de volver',

  'label.free': 'Plaza {n}, libre',
  'label.wasFree': 'Plaza {n}, estaba libre',
  'label.unknown': 'Plaza {n}, aún sin datos',
  'label.parkingSlot': 'Plaza {n}, estacionando',
  'label.bridgingSlot': 'Plaza {n}, conectando',
  'label.parking': 'Plaza {n}, {who}, estacionando',
  'label.bridging': 'Plaza {n}, {who}, conectando',
  'label.held': 'Plaza {n}, {who}, {parked}, {left}',
  'label.aged': '{what}, {age}',
  'label.notConfirmed': 'sin confirmar',
  'label.asOf':
    'estado de hace {m, plural, =0 {} one {# minuto} other {# minutos}} ' +
    '{s, plural, =0 {} one {# segundo} other {# segundos}}',
  'label.confirm':
    '¿Conectar a {who} con {name}? Pulse otra vez para confirmar, Escape para cancelar. Plaza {n}',
  'label.confirmTouch': '¿Conectar a {who} con {name}? Toque otra vez para confirmar. Plaza {n}',
  'label.askPickUp':
    '¿Recuperar a {who}? Pulse otra vez para confirmar, Escape para cancelar. Plaza {n}',
  'label.askPickUpTouch': '¿Recuperar a {who}? Toque otra vez para confirmar. Plaza {n}',
  'label.note': 'nota: {text}',
  'label.next': 'es quien más espera',
  'label.mine': 'estacionada por usted',
  'label.mineOf': 'estacionada por usted, extensión {name}',
  'label.parkedBy': 'estacionada por {name}',
  'label.foreign': 'estacionada desde otro lugar',
  'label.named': '{name}, {number}',
  'label.call': '{who}, {state}',
  'label.callOf': '{who}, {state}, extensión {name}',
  'label.partyOf': '{who}, extensión {name}',

  'left.exact':
    'regresa en {m, plural, =0 {} one {# minuto} other {# minutos}} ' +
    '{s, plural, =0 {} one {# segundo} other {# segundos}}',
  'left.within':
    'regresa en {m, plural, =0 {} one {# minuto} other {# minutos}} ' +
    '{s, plural, =0 {} one {# segundo} other {# segundos}} como máximo',
  'left.waiting':
    'espera desde hace {m, plural, =0 {} one {# minuto} other {# minutos}} ' +
    '{s, plural, =0 {} one {# segundo} other {# segundos}}',
  'left.returning': 'regresa',
  'left.unknown': 'tiempo de espera desconocido',

  'caller.withheld': 'Número oculto',
  'caller.unknown': 'Llamante desconocido',

  'act.parkHere': 'Estacionar aquí',
  'act.parkHereSlot': 'Estacionar aquí, plaza {n}',
  'act.parkNext': 'Estacionar',
  'act.pickUp': 'Recuperar',
  'act.pickUpSlot': 'Recuperar a {who}, plaza {n}',
  'act.sendTo': 'Pasar a {name}',
  'act.sendToSlot': 'Pasar a {name}: {who}, plaza {n}',
  'act.sendOn': 'Pasar a …',
  'act.sendOnSlot': 'Pasar a …: {who}, plaza {n}',
  'act.announce': 'Anunciar',
  'act.announceSlot': 'Anunciar a {who}, plaza {n}',
  'act.page': 'Avisar a {name}',
  'act.pageSlot': 'Avisar a {name}: {who}, plaza {n}',
  'act.pageOn': 'Avisar a …',
  'act.cancel': 'Cancelar',
  'act.check': 'Comprobar',
  'act.checkSlot': 'Comprobar la plaza {n}',
  'act.refresh': 'Actualizar',
  'act.dismiss': 'Ocultar',
  'act.details': 'Detalles',
  'act.detailsSlot': 'Detalles de la plaza {n}',
  'act.copy': 'Copiar',
  'act.close': 'Cerrar',
  'act.settings': 'Ajustes',
  'act.help': 'Atajos',
  'act.report': 'Guardar un informe',
  'act.menu': 'Más',
  'act.list': 'Mostrar como lista',
  'act.answer': 'Contestar',
  'act.answerWho': 'Contestar: {who}',
  'act.parkAgain': 'Volver a aparcar',
  'act.parkAgainWho': 'Volver a aparcar en la plaza {n}, tras contestar: {who}',
  'act.takeBack': 'Recuperar',
  'act.sure': 'Pulse otra vez para recuperar',
  'act.putBack': 'Devolver',

  'ask.park': '¿Estacionar aquí?',
  'ask.pickUp': '¿Recuperar a {who}?',
  'ask.bridge': '¿Conectar a {who} con {name}?',

  'why.needCall': 'Primero atienda o haga una llamada',
  'why.needAnswer': 'Primero atienda la llamada',
  'why.parked': 'La llamada elegida está estacionada: elija una activa',
  'why.sameCall': 'Una llamada no se puede conectar consigo misma',
  'why.pending': 'La acción anterior está en curso',
  'why.offline': 'Sin conexión con la centralita: ahora no se puede estacionar',
  'why.offlineCall': 'Sin conexión con la centralita: ahora no se puede atender esta llamada',
  'why.lookOnly': 'Este panel solo muestra las plazas',
  'why.asked': 'Pidiendo a la centralita que llame a su teléfono…',
  'why.ringing': 'Su teléfono suena: conteste',
  'why.howToReach':
    'Para hablar con esta persona, primero conteste o haga una llamada y después pulse «Pasar a …»',
  'why.empty': 'La plaza {n} está vacía',
  'why.needForWhom': 'Anote primero para quién espera la llamada',
  'why.noneWaits': 'No hay llamadas en espera',
  'why.otherCall': 'Se acaba de elegir otra llamada. Pulse otra vez si es la que quiere',
  'why.vetoed': 'Esta página no lo permite',
  'why.moved': 'La lista se acaba de mover. Pulse otra vez si es la plaza que quiere',
  'why.movedCalls': 'Las llamadas se acaban de mover. Pulse otra vez si se refiere a esta',
  'why.changed': 'La plaza {n} acaba de cambiar. Pulse otra vez si es la llamada que quiere',
  'why.noneRings': 'No suena ninguna llamada',
  'why.offlineRings': 'Sin conexión con la centralita: el panel no sabe qué llamada suena',
  'why.noneBack': 'Ninguna llamada ha vuelto',
  'why.tooLate': 'Demasiado tarde: ya no se puede deshacer',

  'urgent.next': 'Plaza {n}: {who}. Pulse {key} otra vez para recuperar la llamada',

  'calls.own': 'Sus llamadas',
  'calls.title': 'Llamadas de {name}',
  'calls.none': 'Ninguna llamada',

  'call.ringing': 'Sonando',
  'call.answering': 'Contestando…',
  'call.talking': 'En conversación',
  'call.connected': 'En conversación con {who}',
  'call.pickUp': 'Recuperar {n}: {who}',
  'call.parked': 'Estacionada en la plaza {n}',
  'call.parkedSomewhere': 'Estacionada',
  'call.in': 'Llamada entrante',
  'call.out': 'Llamada saliente',

  'back.from': 'de vuelta de la plaza {n}',
  'back.waited': 'esperó {time}',
  'back.one': '{who} está {about}',
  'back.many': '{n, plural, one {# llamada está} other {# llamadas están}} de vuelta: {list}',

  'note.for': 'para {name}',
  'note.text': '«{text}»',
  'note.title': 'Nota, plaza {n}',
  'note.forField': 'Para quién',
  'note.textField': 'Nota',
  'note.save': 'Guardar',
  'note.saved': 'Anotado, plaza {n}: {about}',
  'note.removed': 'La nota de la plaza {n} se ha eliminado',
  'note.changed': 'En la plaza {n} espera ahora otra llamada. La nota no se ha guardado',

  'announce.say': '{who}, llamada en la {n}',
  'announce.for': '{name}: {say}',
  'announce.copied': 'Copiado: {text}',

  'toast.parked': 'Estacionada en la plaza {n}',
  'toast.held': 'Plaza {n}: {who} espera',
  'toast.free': 'La plaza {n} está libre',
  'toast.unknown': 'Plaza {n}: la centralita no dio información',
  'toast.refreshed':
    '{n, plural, =0 {Ninguna plaza libre} one {# plaza libre} other {# plazas libres}}',
  'toast.dueMany':
    '{n, plural, one {# llamada regresa} other {# llamadas regresan}} en ' +
    '{s, plural, one {# segundo} other {# segundos}}: {list}',
  'toast.due': 'Plaza {n}: {who} regresa en {s, plural, one {# segundo} other {# segundos}}',
  'toast.stage': '{stage}: {list}',
  'toast.returning': 'Plaza {n}: {who} está volviendo',
  'toast.returningMany':
    '{n, plural, one {# llamada está volviendo} other {# llamadas están volviendo}}: {list}',
  'toast.connected': '{who} y {other} están en comunicación',
  'toast.askToPark': 'Aquí no se puede deshacer: {other} puede aparcar la llamada de {who}',
  'toast.cancelled': 'Cancelado: {who} sigue esperando en la plaza {n}',
  'toast.pickedUp': 'Usted habla con {who}',
  'toast.announced': 'Anunciado: {text}',
  'toast.paged': 'Enviado a {name}: {text}',
  'toast.forMe': 'Plaza {n}: {who} le espera',

  'checked.parked': 'La llamada sí está aparcada en la plaza {n}: {who}',
  'checked.notParked': 'La llamada no está aparcada y sigue en línea: {who}',
  'checked.waits': 'La llamada no está conectada y sigue en la plaza {n}: {who}',
  'checked.left': 'La llamada ha dejado la plaza {n}: {who}',
  'checked.doubt': '{what}. Compruébelo antes de repetir',

  'unknown.park':
    'No se sabe si la llamada está aparcada{n, plural, =0 {} other { en la plaza #}}: {who}',
  'unknown.bridge': 'No se sabe si la llamada está conectada: {who}',
  'unknown.pickUp': 'No se sabe si la llamada está capturada: {who}',
  'unknown.note': 'No se sabe si la nota está guardada: {who}',

  'failed.why': '{what}. {why}',
  'failed.checking': '{what}. {why}. El panel lo comprueba…',
  'failed.park': 'Llamada no aparcada: {who}',
  'failed.bridge': 'Llamada no conectada: {who}',
  'failed.pickUp': 'Llamada no capturada: {who}',
  'failed.note': 'La nota no se ha guardado: {who}',
  'failed.answer': 'Llamada no contestada: {who}',
  'failed.announce': 'Llamada no anunciada: {who}',
  'failed.page': 'Mensaje no enviado: {who}',
  'failed.check': 'La plaza {n} no se ha comprobado',
  'failed.refresh': 'Las plazas no se han comprobado',
  'failed.report': 'El informe no se ha guardado',

  'lost.taken': '{name} tomó antes la llamada',
  'lost.bridged': 'Otra persona tomó antes la llamada',
  'lost.returned': 'La llamada ha vuelto a la extensión que la aparcó',
  'lost.returnedYou': 'La llamada ha vuelto a usted',
  'lost.returnedTo': 'La llamada ha vuelto a {name}',
  'lost.abandoned': 'La persona que llamaba ha colgado',
  'lost.unknown': 'La llamada ha dejado la plaza',
  'lost.slot': '{who} ya espera en la plaza {n}',
  'lost.slotBy': '{who} ya espera en la plaza {n}; aparcó la llamada {name}',

  'departures.title': 'Salidas recientes',
  'departures.none': 'Aún no ha salido ninguna llamada',

  'departure.bridged': 'Plaza {n}: llamada conectada ({who})',
  'departure.taken': 'Plaza {n}: {name} tomó la llamada de {who}',
  'departure.by': 'Plaza {n}: {name} conectó a {who}',
  'departure.sent': 'Plaza {n}: {name} conectó a {who} con {other}',
  'departure.returned': 'Plaza {n}: {who} regresó a la extensión que estacionó la llamada',
  'departure.returnedYou': 'Plaza {n}: {who} regresó a usted',
  'departure.returnedTo': 'Plaza {n}: {who} regresó a {name}',
  'departure.abandoned': 'Plaza {n}: {who} colgó',
  'departure.unknown': 'Plaza {n}: {who} salió (motivo desconocido)',
  'departure.bridgedMany':
    '{n, plural, one {# llamada conectada} other {# llamadas conectadas}}: {list}',
  'departure.takenMany': '{name} tomó {n, plural, one {# llamada} other {# llamadas}}: {list}',
  'departure.byMany': '{name} conectó {n, plural, one {# llamada} other {# llamadas}}: {list}',
  'departure.returnedMany':
    '{n, plural, one {# llamada regresó a la extensión que la estacionó} ' +
    'other {# llamadas regresaron a las extensiones que las estacionaron}}: {list}',
  'departure.returnedYouMany':
    '{n, plural, one {# llamada regresó} other {# llamadas regresaron}} a usted: {list}',
  'departure.returnedToMany':
    '{n, plural, one {# llamada regresó} other {# llamadas regresaron}} a {name}: {list}',
  'departure.abandonedMany':
    '{n, plural, one {# llamante colgó} other {# llamantes colgaron}}: {list}',
  'departure.unknownMany':
    '{n, plural, one {# llamada salió} other {# llamadas salieron}} (motivo desconocido): {list}',

  'list.search': 'Buscar plaza o llamante',
  'list.place': 'plaza {n} {who}',
  'list.found':
    '{n, plural, =0 {Sin resultados} one {# plaza encontrada} other {# plazas encontradas}}',

  'notify.due': 'Plaza {n}: {who}',
  'notify.dueText': 'Regresa en {s, plural, one {# segundo} other {# segundos}}',
  'notify.forMe': 'Le espera',
  'notify.returned': 'Regresó a usted',

  'title.due': '{time} – {who}',
  'title.back': 'De vuelta: {who}',
  'title.returning': 'Volviendo – {who}',

  'sound.blocked': 'El sonido está bloqueado – haga clic para activarlo',

  'sync.idle': 'Sin actualizar',
  'sync.live': 'En directo',
  'sync.asking': 'Actualizando',
  'sync.blind': 'Sin llamada activa para consultar',
  'sync.limited': 'Actualización más lenta',
  'sync.limitedUntil': 'Más lenta hasta las {time}',
  'sync.offline': 'Sin conexión',
  'sync.unauthorized': 'No autorizado',
  'sync.lost': 'Reiniciando',
  'sync.closed': 'Cerrado',
  'sync.checked': 'comprobado a las {time}',

  'wall.waiting': '{n, plural, =0 {Nadie espera} one {# en espera} other {# en espera}}',
  'wall.none': 'No espera ninguna llamada',
  'wall.longest': 'la más larga {time}',
  'wall.more': 'y {n} más',

  'report.saved': 'Informe guardado: {name}',

  'error.taken': '{n, plural, =0 {La plaza} other {La plaza #}} ya está ocupada',
  'error.lot-full': 'Todas las plazas están ocupadas',
  'error.already-parked':
    'Esta llamada ya espera en {n, plural, =0 {otra plaza} other {la plaza #}}',
  'error.vacant': '{n, plural, =0 {La plaza} other {La plaza #}} está vacía ahora',
  'error.nobody-waiting': 'No hay llamadas en espera',
  'error.different-call': '{n, plural, =0 {La plaza} other {La plaza #}} tiene ahora otra llamada',
  'error.same-call': 'Una llamada no se puede conectar consigo misma',
  'error.no-such-slot': 'No existe {n, plural, =0 {esa plaza} other {la plaza #}}',
  'error.slot-required': 'Elija una plaza: esta centralita la exige',
  'error.no-such-call': 'La centralita ya no conoce esta llamada',
  'error.no-such-extension': 'La centralita no conoce esta extensión',
  'error.unauthorized': 'La centralita no acepta este token',
  'error.forbidden': 'La centralita no lo permite',
  'error.rate-limited': 'Demasiadas solicitudes: inténtelo más tarde',
  'error.bad-request': 'La centralita no entendió la solicitud',
  'error.invalid-slot': 'Esto no es un número de plaza',
  'error.invalid-call': 'Esto no es un identificador de llamada',
  'error.invalid-extension': 'Esto no es una extensión',
  'error.invalid-action': 'Esta acción no existe',
  'error.invalid-options': 'El panel está mal configurado',
  'error.invalid-event': 'El panel recibió un evento de llamada no válido',
  'error.not-loaded': 'El panel no pudo cargar su núcleo',
  'error.disposed': 'El panel está cerrado',
  'error.aborted': 'Cancelado',
  'error.unreachable': 'No se puede contactar con la centralita',
  'error.timed-out': 'La centralita no respondió a tiempo',
  'error.server-error': 'Se produjo un error en la centralita',
  'error.unclear': 'La respuesta de la centralita no es clara',
  'error.no-live-call':
    'Primero atienda o haga una llamada: el panel la necesita para consultar la centralita',
  'error.asker-parked':
    'No hay nadie conectado: el llamante ya se había ido. Su propia llamada espera ahora en ' +
    '{n, plural, =0 {la plaza} other {la plaza #}}: recójala allí',
  'error.not-there':
    'La llamada no está en {n, plural, =0 {la plaza} other {la plaza #}}: salió enseguida o se ' +
    'conectó con otro llamante',
  'error.no-notes': 'No se puede guardar la nota: este servidor no guarda notas',
  'error.no-pick-up':
    'Este panel no puede hacer sonar su teléfono: atienda o haga otra llamada y conéctela con la ' +
    'que espera',
  'error.no-answer': 'Nadie contestó en su teléfono: el llamante sigue esperando',
  'error.lost': 'El panel perdió sus datos y los está cargando de nuevo',
  'error.unexpected': 'Algo salió mal: {text}',
};
