import type { PartialCatalogue } from '../../element/messages.ts';
import type { en } from './en.ts';

/** All texts of the page around the element, in German. See the catalogue of the element. */
export const de: PartialCatalogue<keyof typeof en> = {
  'page.extensions': 'Nebenstelle',
  'page.extension': '{name} ({number})',
  'page.noExtension': 'Die Nebenstelle {text} gibt es nicht: Wählen Sie eine von diesen',
  'page.noSwitch': 'Die Telefonanlage hat nicht geantwortet: {text}',
  'page.try': 'Ausprobieren',
  'page.tryRing': 'Ausprobieren: dieses Panel anrufen',

  'pair.title': 'Dieses Panel koppeln',
  'pair.intro':
    'Dieses Panel ist noch nicht gekoppelt. Ein Administrator koppelt es mit diesem Code:',
  'pair.revoked':
    'Der Zugang dieses Panels ist beendet. Ein Administrator kann es mit diesem Code neu koppeln:',
  'pair.code': 'Kopplungscode: {code}',
  'pair.command':
    'Geben Sie diesen Befehl auf dem Server ein, mit Ihrer Nebenstelle und einem Namen für dieses Panel. Die Seite macht dann von selbst weiter.',
  'pair.until': 'Der Code gilt bis {time}. Dann erscheint ein neuer.',
  'pair.failed': 'Keine Verbindung zum Relay. Die Seite versucht es erneut. ({text})',

  'drawer.title': 'Testanrufe',
  'drawer.intro': 'Spielen Sie die Anrufer selbst. Sie brauchen kein Telefon.',
  'drawer.name': 'Name',
  'drawer.number': 'Nummer',
  'drawer.ring': '{number} anrufen',
  'drawer.calls': 'Anrufe',
  'drawer.none': 'Keine Anrufe',
  'drawer.bridged': 'Mit einem anderen Anruf verbunden',
  'drawer.answer': 'Annehmen',
  'drawer.answerWho': 'Annehmen: {who}',
  'drawer.leave': 'Anrufer legt auf',
  'drawer.leaveWho': 'Anrufer legt auf: {who}',
  'drawer.clock': 'Uhr der Telefonanlage vorstellen',
  'drawer.clockNow': 'Die Uhr zeigt {time}',
  'drawer.clockHint':
    'Ein Anruf wartet {m, plural, one {# Minute} other {# Minuten}} nach der Uhr der Telefonanlage. ' +
    'Der Countdown auf der Tafel ist eine Schätzung nach der Uhr dieser Seite, die unverändert bleibt.',
  'drawer.forwardSeconds': '{n, plural, one {# Sekunde} other {# Sekunden}}',
  'drawer.forwardMinutes': '{n, plural, one {# Minute} other {# Minuten}}',
  'drawer.failed': 'Die Telefonanlage hat abgelehnt: {text}',

  'tour.title': 'Rundgang in einer Minute',
  'tour.ring': 'Lassen Sie einen Anrufer klingeln. Drücken Sie „… anrufen“.',
  'tour.answer': 'Das Telefon klingelt. Drücken Sie „Annehmen“.',
  'tour.park': 'Sie sprechen. Drücken Sie „Parken“, oder wählen Sie einen freien Platz.',
  'tour.hear':
    'Jetzt würden Sie sagen: „{text}“. Lassen Sie einen zweiten Anrufer klingeln, und nehmen Sie an.',
  'tour.bridge':
    'Drücken Sie „Verbinden mit …“ auf dem Platz. Das verbindet die beiden Anrufer, und Ihre Leitung ist frei.',
  'tour.done': 'Das ist alles. Das Anfragenprotokoll zeigt jede gesendete Anfrage.',
  'tour.again': 'Rundgang wiederholen',
  'tour.skip': 'Rundgang überspringen',
  'faults.title': 'Leitungsstörungen',
  'faults.calm': 'Keine',
  'faults.rough': 'Einige: langsam, und manche Antwort geht verloren',
  'faults.storm': 'Viele: langsam, und viele Anfragen scheitern',

  'log.title': 'Anfragenprotokoll',
  'log.intro': 'Die letzten Anfragen und ihre Antworten, genau wie gesendet und empfangen.',
  'log.none': 'Noch keine Anfragen',
  'log.waiting': 'Noch keine Antwort',
  'log.stream': 'Ein Strom, der offen bleibt',
  'log.emptyBody': 'Kein Inhalt',
  'log.failed': 'Keine Antwort: {text}',
  'log.took': '{ms} ms',
  'log.clear': 'Leeren',
  'log.request': 'Anfrage',
  'log.answer': 'Antwort',
};
