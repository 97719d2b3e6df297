import type { PartialCatalogue } from '../../element/messages.ts';
import type { en } from './en.ts';

/** All texts of the page around the element, in Spanish. See the catalogue of the element. */
export const es: PartialCatalogue<keyof typeof en> = {
  'page.extensions': 'Extensión',
  'page.extension': '{name} ({number})',
  'page.noExtension': 'No existe la extensión {text}: elija una de estas',
  'page.noSwitch': 'La centralita no respondió: {text}',
  'page.try': 'Probar',
  'page.tryRing': 'Probar: llamar a este panel',

  'pair.title': 'Vincular este panel',
  'pair.intro': 'Este panel aún no está vinculado. Un administrador lo vincula con este código:',
  'pair.revoked':
    'El acceso de este panel ha terminado. Un administrador puede vincularlo de nuevo con este código:',
  'pair.code': 'Código de vinculación: {code}',
  'pair.command':
    'Escriba esta orden en el servidor, con su extensión y un nombre para este panel. Después, la página continúa sola.',
  'pair.until': 'El código vale hasta las {time}. Después aparece uno nuevo.',
  'pair.failed': 'Sin conexión con el relay. La página lo intenta de nuevo. ({text})',

  'drawer.title': 'Llamadas de prueba',
  'drawer.intro': 'Haga usted de llamante. No se necesita teléfono.',
  'drawer.name': 'Nombre',
  'drawer.number': 'Número',
  'drawer.ring': 'Llamar al {number}',
  'drawer.calls': 'Llamadas',
  'drawer.none': 'Ninguna llamada',
  'drawer.bridged': 'Conectada con otra llamada',
  'drawer.answer': 'Atender',
  'drawer.answerWho': 'Atender: {who}',
  'drawer.leave': 'El llamante cuelga',
  'drawer.leaveWho': 'El llamante cuelga: {who}',
  'drawer.clock': 'Adelantar el reloj de la centralita',
  'drawer.clockNow': 'El reloj marca {time}',
  'drawer.clockHint':
    'Una llamada espera {m, plural, one {# minuto} other {# minutos}} según el reloj de la centralita. ' +
    'La cuenta atrás del tablero es una estimación según el reloj de esta página, que no cambia.',
  'drawer.forwardSeconds': '{n, plural, one {# segundo} other {# segundos}}',
  'drawer.forwardMinutes': '{n, plural, one {# minuto} other {# minutos}}',
  'drawer.failed': 'La centralita lo rechazó: {text}',

  'tour.title': 'Recorrido de un minuto',
  'tour.ring': 'Haga sonar a un llamante. Pulse «Llamar».',
  'tour.answer': 'El teléfono suena. Pulse «Atender».',
  'tour.park': 'Está hablando. Pulse «Estacionar» o elija una plaza libre.',
  'tour.hear': 'Ahora diría: «{text}». Haga sonar a un segundo llamante y atienda.',
  'tour.bridge':
    'Pulse «Pasar a …» en la plaza. Los dos llamantes quedan conectados y su línea, libre.',
  'tour.done': 'Eso es todo. El registro muestra cada solicitud enviada.',
  'tour.again': 'Repetir el recorrido',
  'tour.skip': 'Omitir el recorrido',
  'faults.title': 'Fallos de línea',
  'faults.calm': 'Ninguno',
  'faults.rough': 'Algunos: lento, y se pierden respuestas',
  'faults.storm': 'Muchos: lento, y fallan muchas solicitudes',

  'log.title': 'Registro de solicitudes',
  'log.intro': 'Las últimas solicitudes y sus respuestas, tal como se enviaron y recibieron.',
  'log.none': 'Aún no hay solicitudes',
  'log.waiting': 'Aún sin respuesta',
  'log.stream': 'Un flujo que permanece abierto',
  'log.emptyBody': 'Sin contenido',
  'log.failed': 'Sin respuesta: {text}',
  'log.took': '{ms} ms',
  'log.clear': 'Vaciar',
  'log.request': 'Solicitud',
  'log.answer': 'Respuesta',
};
