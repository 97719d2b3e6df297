import type { Catalogue } from '../messages.ts';
import { dialogs } from './dialogs/de.ts';

/** All texts of the element, in German. */
export const de: Catalogue = {
  ...dialogs,

  'board.title': 'Geparkte Anrufe',
  'board.count':
    '{n, plural, =0 {Keine geparkten Anrufe} one {# geparkter Anruf} other {# geparkte Anrufe}}',

  'slot.free': 'Frei',
  'slot.wasFree': 'War frei',
  'slot.unknown': 'Keine Daten',
  'slot.parking': 'Wird geparkt…',
  'slot.bridging': 'Wird verbunden…',
  'slot.unconfirmed': 'Noch nicht bestätigt',
  'slot.mine': 'Von Ihnen',
  'slot.mineOf': 'Von Ihnen: {name}',
  'slot.parkedBy': 'Geparkt von {name}',
  'slot.foreign': 'Anderswo geparkt',
  'slot.returning': 'Kommt zurück…',
  'slot.next': 'Wartet am längsten',
  'slot.for': 'für {name}',
  'slot.slow': 'Langsame Leitung: noch keine Antwort',
  'slot.within': '≤ {time}',
  'slot.waiting': 'Wartet {time}',
  'slot.asOf': 'Stand vor {time}',
  'slot.checked': 'geprüft vor {s} s',
  'slot.ago': 'vor {time}',

  'stage.soon': 'Kommt bald zurück',
  'stage.near': 'Kommt gleich zurück',
  'stage.late': 'Kommt jetzt zurück',

  'label.free': 'Platz {n}, frei',
  'label.wasFree': 'Platz {n}, war frei',
  'label.unknown': 'Platz {n}, noch keine Daten',
  'label.parkingSlot': 'Platz {n}, wird geparkt',
  'label.bridgingSlot': 'Platz {n}, wird verbunden',
  'label.parking': 'Platz {n}, {who}, wird geparkt',
  'label.bridging': 'Platz {n}, {who}, wird verbunden',
  'label.held': 'Platz {n}, {who}, {parked}, {left}',
  'label.aged': '{what}, {age}',
  'label.notConfirmed': 'noch nicht bestätigt',
  'label.asOf':
    'Stand vor {m, plural, =0 {} one {# Minute} other {# Minuten}} ' +
    '{s, plural, =0 {} one {# Sekunde} other {# Sekunden}}',
  'label.confirm':
    '{who} verbinden mit: {name}? Zum Bestätigen noch einmal drücken, Escape bricht ab. Platz {n}',
  'label.confirmTouch': '{who} verbinden mit: {name}? Zum Bestätigen noch einmal tippen. Platz {n}',
  'label.askPickUp':
    'Annehmen: {who}? Zum Bestätigen noch einmal drücken, Escape bricht ab. Platz {n}',
  'label.askPickUpTouch': 'Annehmen: {who}? Zum Bestätigen noch einmal tippen. Platz {n}',
  'label.note': 'Notiz: {text}',
  'label.next': 'wartet am längsten',
  'label.mine': 'von Ihnen geparkt',
  'label.mineOf': 'von Ihnen geparkt, Nebenstelle {name}',
  'label.parkedBy': 'geparkt von {name}',
  'label.foreign': 'anderswo geparkt',
  'label.named': '{name}, {number}',
  'label.call': '{who}, {state}',
  'label.callOf': '{who}, {state}, Nebenstelle {name}',
  'label.partyOf': '{who}, Nebenstelle {name}',

  'left.exact':
    'kommt zurück in {m, plural, =0 {} one {# Minute} other {# Minuten}} ' +
    '{s, plural, =0 {} one {# Sekunde} other {# Sekunden}}',
  'left.within':
    'kommt zurück in höchstens {m, plural, =0 {} one {# Minute} other {# Minuten}} ' +
    '{s, plural, =0 {} one {# Sekunde} other {# Sekunden}}',
  'left.waiting':
    'wartet seit {m, plural, =0 {} one {# Minute} other {# Minuten}} ' +
    '{s, plural, =0 {} one {# Sekunde} other {# Sekunden}}',
  'left.returning': 'kommt zurück',
  'left.unknown': 'Wartezeit unbekannt',

  'caller.withheld': 'Nummer unterdrückt',
  'caller.unknown': 'Unbekannter Anrufer',

  'act.parkHere': 'Hier parken',
  'act.parkHereSlot': 'Hier parken, Platz {n}',
  'act.parkNext': 'Parken',
  'act.pickUp': 'Annehmen',
  'act.pickUpSlot': 'Annehmen: {who}, Platz {n}',
  'act.sendTo': 'Verbinden: {name}',
  'act.sendToSlot': 'Verbinden: {name} mit {who}, Platz {n}',
  'act.sendOn': 'Verbinden mit …',
  'act.sendOnSlot': 'Verbinden mit …: {who}, Platz {n}',
  'act.announce': 'Durchsagen',
  'act.announceSlot': 'Durchsagen: {who}, Platz {n}',
  'act.page': 'Benachrichtigen: {name}',
  'act.pageSlot': 'Benachrichtigen: {name}, {who}, Platz {n}',
  'act.pageOn': 'Benachrichtigen …',
  'act.cancel': 'Abbrechen',
  'act.check': 'Prüfen',
  'act.checkSlot': 'Platz {n} prüfen',
  'act.refresh': 'Aktualisieren',
  'act.dismiss': 'Ausblenden',
  'act.details': 'Details',
  'act.detailsSlot': 'Details zu Platz {n}',
  'act.copy': 'Kopieren',
  'act.close': 'Schließen',
  'act.settings': 'Einstellungen',
  'act.help': 'Tasten',
  'act.report': 'Bericht speichern',
  'act.menu': 'Mehr',
  'act.list': 'Als Liste zeigen',
  'act.answer': 'Annehmen',
  'act.answerWho': 'Annehmen: {who}',
  'act.parkAgain': 'Wieder parken',
  'act.parkAgainWho': 'Wieder parken in Platz {n}, nach dem Annehmen: {who}',
  'act.takeBack': 'Zurückholen',
  'act.sure': 'Zum Zurückholen noch einmal drücken',
  'act.putBack': 'Zurücklegen',

  'ask.park': 'Hier parken?',
  'ask.pickUp': 'Annehmen: {who}?',
  'ask.bridge': '{who} verbinden mit: {name}?',

  'why.needCall': 'Nehmen Sie zuerst einen Anruf an, oder rufen Sie an',
  'why.needAnswer': 'Nehmen Sie zuerst den Anruf an',
  'why.parked': 'Der gewählte Anruf ist geparkt: Wählen Sie ein laufendes Gespräch',
  'why.sameCall': 'Ein Anruf lässt sich nicht mit sich selbst verbinden',
  'why.pending': 'Die vorige Aktion läuft noch',
  'why.offline': 'Keine Verbindung zur Telefonanlage: Parken ist jetzt nicht möglich',
  'why.offlineCall':
    'Keine Verbindung zur Telefonanlage: dieser Anrufer ist jetzt nicht erreichbar',
  'why.lookOnly': 'Dieses Panel zeigt die Plätze nur an',
  'why.asked': 'Die Telefonanlage wird gebeten, Ihr Telefon klingeln zu lassen …',
  'why.ringing': 'Ihr Telefon klingelt: nehmen Sie ab',
  'why.howToReach':
    'Um den Anrufer zu erreichen, führen Sie zuerst ein anderes Gespräch und drücken Sie dann „Verbinden“',
  'why.empty': 'Platz {n} ist leer',
  'why.needForWhom': 'Notieren Sie zuerst, für wen der Anruf wartet',
  'why.noneWaits': 'Es wartet kein Anruf',
  'why.otherCall':
    'Soeben wurde ein anderer Anruf gewählt. Drücken Sie noch einmal, wenn Sie ihn meinen',
  'why.vetoed': 'Diese Seite lässt das nicht zu',
  'why.moved':
    'Die Liste hat sich soeben verschoben. Drücken Sie noch einmal, wenn Sie diesen Platz meinen',
  'why.movedCalls':
    'Die Anrufe haben sich gerade verschoben. Erneut drücken, wenn Sie diesen meinen',
  'why.changed':
    'Platz {n} hat sich soeben geändert. Drücken Sie noch einmal, wenn Sie diesen Anruf meinen',
  'why.noneRings': 'Es klingelt kein Anruf',
  'why.offlineRings':
    'Keine Verbindung zur Telefonanlage: Das Panel weiß nicht, welcher Anruf klingelt',
  'why.noneBack': 'Kein Anruf ist aus einem Platz zurück',
  'why.tooLate': 'Zu spät: Das lässt sich nicht mehr rückgängig machen',

  'urgent.next': 'Platz {n}: {who}. Zum Annehmen noch einmal {key} drücken',

  'calls.own': 'Ihre Anrufe',
  'calls.title': 'Anrufe von {name}',
  'calls.none': 'Keine Anrufe',

  'call.ringing': 'Klingelt',
  'call.answering': 'Wird angenommen…',
  'call.talking': 'Im Gespräch',
  'call.connected': 'Verbunden mit {who}',
  'call.pickUp': 'Annehmen {n}: {who}',
  'call.parked': 'Geparkt auf Platz {n}',
  'call.parkedSomewhere': 'Geparkt',
  'call.in': 'Ankommender Anruf',
  'call.out': 'Abgehender Anruf',

  'back.from': 'zurück aus Platz {n}',
  'back.waited': 'gewartet {time}',
  'back.one': '{who} ist {about}',
  'back.many': '{n, plural, one {# Anruf ist} other {# Anrufe sind}} zurück: {list}',

  'note.for': 'für {name}',
  'note.text': '„{text}“',
  'note.title': 'Notiz zu Platz {n}',
  'note.forField': 'Für wen',
  'note.textField': 'Notiz',
  'note.save': 'Speichern',
  'note.saved': 'Notiert zu Platz {n}: {about}',
  'note.removed': 'Die Notiz zu Platz {n} ist entfernt',
  'note.changed': 'In Platz {n} wartet jetzt ein anderer Anruf. Die Notiz wurde nicht gespeichert',

  'announce.say': '{who}, Anruf auf der {n}',
  'announce.for': '{name}: {say}',
  'announce.copied': 'Kopiert: {text}',

  'toast.parked': 'Geparkt auf Platz {n}',
  'toast.held': 'Platz {n}: {who} wartet',
  'toast.free': 'Platz {n} ist frei',
  'toast.unknown': 'Platz {n}: keine Auskunft von der Telefonanlage',
  'toast.refreshed':
    '{n, plural, =0 {Kein Platz ist frei} one {# Platz ist frei} other {# Plätze sind frei}}',
  'toast.dueMany':
    '{n, plural, one {# Anruf kommt} other {# Anrufe kommen}} in ' +
    '{s, plural, one {# Sekunde} other {# Sekunden}} zurück: {list}',
  'toast.due': 'Platz {n}: {who} kommt in {s, plural, one {# Sekunde} other {# Sekunden}} zurück',
  'toast.stage': '{stage}: {list}',
  'toast.returning': 'Platz {n}: {who} kommt zurück',
  'toast.returningMany': '{n, plural, one {# Anruf kommt} other {# Anrufe kommen}} zurück: {list}',
  'toast.connected': '{who} und {other} sind verbunden',
  'toast.askToPark': 'Hier nicht rückgängig zu machen: {other} kann den Anruf parken ({who})',
  'toast.cancelled': 'Abgebrochen: {who} wartet weiter auf Platz {n}',
  'toast.pickedUp': 'Sie sprechen mit {who}',
  'toast.announced': 'Durchgesagt: {text}',
  'toast.paged': 'Gesendet an {name}: {text}',
  'toast.forMe': 'Platz {n}: {who} wartet auf Sie',

  'checked.parked': '{who} wurde doch geparkt: Platz {n}',
  'checked.notParked': '{who} wurde nicht geparkt und ist noch in der Leitung',
  'checked.waits': '{who} wurde nicht verbunden und wartet noch in Platz {n}',
  'checked.left': '{who} hat Platz {n} verlassen',
  'checked.doubt': '{what}. Bitte prüfen, bevor Sie es noch einmal versuchen',

  'unknown.park': 'Unbekannt ist, ob {who} geparkt wurde{n, plural, =0 {} other { (Platz #)}}',
  'unknown.bridge': 'Unbekannt ist, ob {who} verbunden wurde',
  'unknown.pickUp': 'Unbekannt ist, ob {who} herangeholt wurde',
  'unknown.note': 'Unbekannt ist, ob die Notiz zu {who} gespeichert wurde',

  'failed.why': '{what}. {why}',
  'failed.checking': '{what}. {why}. Das Panel prüft es …',
  'failed.park': '{who} wurde nicht geparkt',
  'failed.bridge': '{who} wurde nicht verbunden',
  'failed.pickUp': '{who} wurde nicht herangeholt',
  'failed.note': 'Die Notiz zu {who} wurde nicht gespeichert',
  'failed.answer': 'Der Anruf von {who} wurde nicht angenommen',
  'failed.announce': '{who} wurde nicht durchgesagt',
  'failed.page': 'Die Nachricht zu {who} wurde nicht gesendet',
  'failed.check': 'Platz {n} wurde nicht geprüft',
  'failed.refresh': 'Die Plätze wurden nicht geprüft',
  'failed.report': 'Der Bericht wurde nicht gespeichert',

  'lost.taken': '{name} war schneller',
  'lost.bridged': 'Jemand anderes war schneller',
  'lost.returned': 'Der Anruf ist zu der Nebenstelle zurück, die ihn geparkt hat',
  'lost.returnedYou': 'Der Anruf ist zu Ihnen zurückgekommen',
  'lost.returnedTo': 'Der Anruf ist zurück bei {name}',
  'lost.abandoned': 'Der Anrufer hat aufgelegt',
  'lost.unknown': 'Der Anruf hat den Platz verlassen',
  'lost.slot': '{who} wartet schon in Platz {n}',
  'lost.slotBy': '{who} wartet schon in Platz {n}, geparkt von {name}',

  'departures.title': 'Zuletzt gegangen',
  'departures.none': 'Noch kein Anruf ist gegangen',

  'departure.bridged': 'Platz {n}: {who} wurde verbunden',
  'departure.taken': 'Platz {n}: {name} hat den Anruf von {who} übernommen',
  'departure.by': 'Platz {n}: {who} wurde von {name} verbunden',
  'departure.sent': 'Platz {n}: {name} hat {who} verbunden mit: {other}',
  'departure.returned': 'Platz {n}: {who} kam zur Nebenstelle zurück, die den Anruf geparkt hat',
  'departure.returnedYou': 'Platz {n}: {who} kam zu Ihnen zurück',
  'departure.returnedTo': 'Platz {n}: {who} kam zu {name} zurück',
  'departure.abandoned': 'Platz {n}: {who} hat aufgelegt',
  'departure.unknown': 'Platz {n}: {who} ist gegangen (Grund unbekannt)',
  'departure.bridgedMany':
    '{n, plural, one {# Anruf wurde verbunden} other {# Anrufe wurden verbunden}}: {list}',
  'departure.takenMany':
    '{name} hat {n, plural, one {# Anruf} other {# Anrufe}} übernommen: {list}',
  'departure.byMany':
    '{n, plural, one {# Anruf wurde} other {# Anrufe wurden}} von {name} verbunden: {list}',
  'departure.returnedMany':
    '{n, plural, one {# Anruf kam} other {# Anrufe kamen}} zu den Nebenstellen zurück, die sie ' +
    'geparkt haben: {list}',
  'departure.returnedYouMany':
    '{n, plural, one {# Anruf kam} other {# Anrufe kamen}} zu Ihnen zurück: {list}',
  'departure.returnedToMany':
    '{n, plural, one {# Anruf kam} other {# Anrufe kamen}} zu {name} zurück: {list}',
  'departure.abandonedMany':
    '{n, plural, one {# Anrufer hat} other {# Anrufer haben}} aufgelegt: {list}',
  'departure.unknownMany':
    '{n, plural, one {# Anruf ist} other {# Anrufe sind}} gegangen (Grund unbekannt): {list}',

  'list.search': 'Platz oder Anrufer suchen',
  'list.place': 'Platz {n} {who}',
  'list.found':
    '{n, plural, =0 {Nichts gefunden} one {# Platz gefunden} other {# Plätze gefunden}}',

  'notify.due': 'Platz {n}: {who}',
  'notify.dueText': 'Kommt in {s, plural, one {# Sekunde} other {# Sekunden}} zurück',
  'notify.forMe': 'Wartet auf Sie',
  'notify.returned': 'Zu Ihnen zurückgekommen',

  'title.due': '{time} – {who}',
  'title.back': 'Zurück: {who}',
  'title.returning': 'Kommt zurück – {who}',

  'sound.blocked': 'Ton ist blockiert – zum Einschalten klicken',

  'sync.idle': 'Keine Aktualisierung',
  'sync.live': 'Live',
  'sync.asking': 'Wird aktualisiert',
  'sync.blind': 'Kein laufender Anruf zum Abfragen',
  'sync.limited': 'Langsamere Aktualisierung',
  'sync.limitedUntil': 'Langsamer bis {time}',
  'sync.offline': 'Offline',
  'sync.unauthorized': 'Nicht berechtigt',
  'sync.lost': 'Startet neu',
  'sync.closed': 'Geschlossen',
  'sync.checked': 'geprüft um {time}',

  'wall.waiting': '{n, plural, =0 {Niemand wartet} one {# wartet} other {# warten}}',
  'wall.none': 'Kein Anruf wartet',
  'wall.longest': 'am längsten {time}',
  'wall.more': 'und {n} weitere',

  'report.saved': 'Bericht gespeichert: {name}',

  'error.taken': '{n, plural, =0 {Der Platz} other {Platz #}} ist schon belegt',
  'error.lot-full': 'Alle Plätze sind belegt',
  'error.already-parked':
    'Dieser Anruf wartet schon auf {n, plural, =0 {einem anderen Platz} other {Platz #}}',
  'error.vacant': '{n, plural, =0 {Der Platz} other {Platz #}} ist jetzt leer',
  'error.nobody-waiting': 'Es wartet kein Anruf',
  'error.different-call':
    'Auf {n, plural, =0 {dem Platz} other {Platz #}} ist jetzt ein anderer Anruf',
  'error.same-call': 'Ein Anruf lässt sich nicht mit sich selbst verbinden',
  'error.no-such-slot': 'Es gibt {n, plural, =0 {keinen solchen Platz} other {keinen Platz #}}',
  'error.slot-required': 'Wählen Sie einen Platz: Diese Telefonanlage verlangt einen',
  'error.no-such-call': 'Die Telefonanlage kennt diesen Anruf nicht mehr',
  'error.no-such-extension': 'Die Telefonanlage kennt diese Nebenstelle nicht',
  'error.unauthorized': 'Die Telefonanlage nimmt dieses Token nicht an',
  'error.forbidden': 'Die Telefonanlage erlaubt das nicht',
  'error.rate-limited': 'Zu viele Anfragen: Versuchen Sie es später noch einmal',
  'error.bad-request': 'Die Telefonanlage hat die Anfrage nicht verstanden',
  'error.invalid-slot': 'Das ist keine Platznummer',
  'error.invalid-call': 'Das ist keine Anrufkennung',
  'error.invalid-extension': 'Das ist keine Nebenstelle',
  'error.invalid-action': 'Diese Aktion gibt es nicht',
  'error.invalid-options': 'Das Panel ist falsch eingerichtet',
  'error.invalid-event': 'Das Panel hat ein ungültiges Anrufereignis bekommen',
  'error.not-loaded': 'Das Panel konnte seinen Kern nicht laden',
  'error.disposed': 'Das Panel ist geschlossen',
  'error.aborted': 'Abgebrochen',
  'error.unreachable': 'Die Telefonanlage ist nicht erreichbar',
  'error.timed-out': 'Die Telefonanlage hat nicht rechtzeitig geantwortet',
  'error.server-error': 'In der Telefonanlage ist ein Fehler aufgetreten',
  'error.unclear': 'Die Telefonanlage hat unklar geantwortet',
  'error.no-live-call':
    'Nehmen Sie zuerst einen Anruf an, oder rufen Sie an: Ohne Gespräch kann das Panel die ' +
    'Telefonanlage nicht abfragen',
  'error.asker-parked':
    'Niemand ist verbunden: Der Anrufer war schon weg. Ihr eigener Anruf wartet jetzt auf ' +
    '{n, plural, =0 {dem Platz} other {Platz #}}: Holen Sie ihn dort ab',
  'error.not-there':
    'Der Anruf ist nicht auf {n, plural, =0 {dem Platz} other {Platz #}}: Er ging sofort weg oder ' +
    'wurde mit einem anderen Anrufer verbunden',
  'error.no-notes': 'Die Notiz lässt sich nicht speichern: Dieser Server speichert keine Notizen',
  'error.no-pick-up':
    'Dieses Panel kann Ihr Telefon nicht klingeln lassen: Nehmen Sie einen anderen Anruf an, oder ' +
    'rufen Sie an, und verbinden Sie ihn dann mit dem wartenden',
  'error.no-answer': 'An Ihrem Telefon wurde nicht abgenommen: Der Anrufer wartet noch',
  'error.lost': 'Das Panel hat seine Daten verloren und lädt sie neu',
  'error.unexpected': 'Etwas ist schiefgegangen: {text}',
};
