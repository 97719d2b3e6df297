import type { PartialCatalogue } from '../messages.ts';

/** All texts of the element, in German. */
export const de: PartialCatalogue = {
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
  'slot.within': '≤ {time}',
  'slot.waiting': 'Wartet {time}',

  'slot.asOf': 'Stand vor {time}',
  'slot.checked': 'geprüft vor {s} s',

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
    'Verbinden mit {who}? Zum Bestätigen noch einmal drücken, Escape bricht ab. Platz {n}',
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
  'act.bridge': 'Verbinden',
  'act.bridgeSlot': 'Verbinden mit {who}, Platz {n}',
  'act.confirm': 'Verbinden mit {who}?',
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
  'act.menu': 'Mehr',
  'act.list': 'Als Liste zeigen',
  'act.report': 'Bericht speichern',

  'why.needCall': 'Nehmen Sie zuerst einen Anruf an, oder rufen Sie an',
  'why.needAnswer': 'Nehmen Sie zuerst den Anruf an',
  'why.parked': 'Der gewählte Anruf ist geparkt: Wählen Sie ein laufendes Gespräch',
  'why.sameCall': 'Ein Anruf lässt sich nicht mit sich selbst verbinden',
  'why.pending': 'Die vorige Aktion läuft noch',
  'why.empty': 'Platz {n} ist leer',
  'why.noneWaits': 'Es wartet kein Anruf',
  'why.otherCall':
    'Soeben wurde ein anderer Anruf gewählt. Drücken Sie noch einmal, wenn Sie ihn meinen',
  'why.vetoed': 'Diese Seite lässt das nicht zu',
  'why.moved':
    'Die Liste hat sich soeben verschoben. Drücken Sie noch einmal, wenn Sie diesen Platz meinen',
  'why.changed':
    'Platz {n} hat sich soeben geändert. Drücken Sie noch einmal, wenn Sie diesen Anruf meinen',

  'calls.own': 'Ihre Anrufe',
  'calls.title': 'Anrufe von {name}',
  'calls.none': 'Keine Anrufe',
  'call.ringing': 'Klingelt',
  'call.talking': 'Im Gespräch',
  'call.parked': 'Geparkt auf Platz {n}',
  'call.parkedSomewhere': 'Geparkt',
  'call.in': 'Ankommender Anruf',
  'call.out': 'Abgehender Anruf',

  'toast.parked': 'Geparkt auf Platz {n}',
  'toast.bridged': 'Verbunden mit dem Anruf von Platz {n}',
  'toast.held': 'Platz {n}: {who} wartet',
  'toast.free': 'Platz {n} ist frei',
  'toast.unknown': 'Platz {n}: keine Auskunft von der Telefonanlage',
  'toast.refreshed':
    '{n, plural, =0 {Kein Platz ist frei} one {# Platz ist frei} other {# Plätze sind frei}}',
  'toast.dueMany':
    '{n, plural, one {# Anruf kommt} other {# Anrufe kommen}} in ' +
    '{s, plural, one {# Sekunde} other {# Sekunden}} zurück: {list}',
  'toast.due': 'Platz {n}: {who} kommt in {s, plural, one {# Sekunde} other {# Sekunden}} zurück',

  'announce.say': '{who}, Anruf auf der {n}',
  'announce.copied': 'Kopiert: {text}',
  'report.saved': 'Bericht gespeichert: {name}',

  'list.search': 'Platz oder Anrufer suchen',
  'list.place': 'Platz {n} {who}',
  'list.found':
    '{n, plural, =0 {Nichts gefunden} one {# Platz gefunden} other {# Plätze gefunden}}',

  'details.title': 'Platz {n}',
  'details.name': 'Name',
  'details.number': 'Nummer',
  'details.for': 'Für',
  'details.note': 'Notiz',
  'details.state': 'Zustand',
  'details.by': 'Geparkt von',
  'details.since': 'Wartet seit',
  'details.sinceAtLeast': '{time} oder früher',
  'details.returns': 'Kommt zurück',
  'details.returnsBy': 'spätestens {time}',
  'details.checked': 'Zuletzt geprüft',
  'details.unconfirmed': 'Nicht bestätigt: Der Platz kann sich geändert haben',
  'details.never': 'Nie',
  'details.history': 'Frühere Anrufe dieses Anrufers',
  'details.noHistory': 'Keine',
  'details.bridgeWith': 'Mit einem Ihrer Anrufe verbinden',
  'details.call': 'Anrufkennung',

  'settings.title': 'Einstellungen',
  'settings.confirm': 'Vor dem Verbinden fragen',
  'settings.confirm.never': 'Nie',
  'settings.confirm.others': 'Bei Anrufen, die andere geparkt haben',
  'settings.confirm.always': 'Immer',
  'settings.alerts': 'Warnen, bevor Anrufe zurückkommen',
  'settings.alerts.all': 'Alle Anrufe',
  'settings.alerts.mine': 'Meine Anrufe',
  'settings.alerts.none': 'Keine',
  'settings.sound': 'Ton',
  'settings.soundTest': 'Ton testen',
  'settings.notify': 'Mitteilungen, wenn die Seite nicht sichtbar ist',
  'settings.notifyDenied': 'Der Browser blockiert Mitteilungen dieser Seite',
  'settings.language': 'Sprache',
  'settings.language.auto': 'Wie die Seite',
  'settings.order': 'Anordnung der Plätze',
  'settings.order.phone': '1 2 3 oben, wie am Telefon',
  'settings.order.keypad': '7 8 9 oben, wie auf der Tastatur',
  'settings.size': 'Größe',
  'settings.size.small': 'Klein',
  'settings.size.usual': 'Normal',
  'settings.size.large': 'Groß',
  'settings.theme': 'Farben',
  'settings.theme.auto': 'Wie im System',
  'settings.theme.light': 'Hell',
  'settings.theme.dark': 'Dunkel',
  'settings.layout': 'Ansicht',
  'settings.layout.board': 'Tafel',
  'settings.layout.list': 'Liste',
  'settings.layout.dock': 'Leiste',
  'settings.keys': 'Tasten mit einem Zeichen',
  'settings.reset': 'Zurücksetzen',
  'settings.report':
    'Stimmt etwas nicht? Speichern Sie einen Bericht, und senden Sie ihn an Ihren Support. Er ' +
    'enthält keine Namen, Telefonnummern, Notizen und Passwörter.',

  'help.title': 'Tasten',
  'help.intro':
    'Die Tasten wirken, solange der Fokus im Panel ist. Tasten mit einem Zeichen wirken nur, ' +
    'solange der Fokus auf der Tafel ist. Um eine Taste zu ändern, drücken Sie unten ihren Knopf.',
  'help.press': 'Drücken Sie die neue Taste, oder Escape zum Abbrechen',
  'help.taken': 'Diese Taste ist schon belegt',
  'help.change': '{what}: {key}. Taste ändern',
  'help.off': 'Tasten mit einem Zeichen sind in den Einstellungen ausgeschaltet.',
  'key.slot': 'Zu einem Platz gehen',
  'key.parkHere': 'Den Anruf auf einem Platz parken',
  'key.act': 'Hier parken oder verbinden',
  'key.move': 'Zwischen den Plätzen gehen',
  'key.cancel': 'Abbrechen, schließen',
  'key.parkNext': 'Auf einem beliebigen Platz parken',
  'key.urgent': 'Zum Anruf, der zuerst zurückkommt; noch einmal: verbinden',
  'key.bridge': 'Mit dem Anruf auf dem Platz verbinden',
  'key.check': 'Den Platz prüfen',
  'key.details': 'Details zum Platz',
  'key.search': 'Suchen',
  'key.help': 'Alle Tasten zeigen',

  'sound.blocked': 'Ton ist blockiert – zum Einschalten klicken',
  'notify.due': 'Platz {n}: {who}',
  'notify.dueText': 'Kommt in {s, plural, one {# Sekunde} other {# Sekunden}} zurück',
  'notify.returned': 'Zu Ihnen zurückgekommen',
  'title.due': '{time} – {who}',

  'departures.title': 'Zuletzt gegangen',
  'departures.none': 'Noch kein Anruf ist gegangen',
  'departure.bridged': 'Platz {n}: {who} wurde verbunden',
  'departure.taken': 'Platz {n}: {name} hat den Anruf von {who} übernommen',
  'departure.returned': 'Platz {n}: {who} kam zur Nebenstelle zurück, die den Anruf geparkt hat',
  'departure.returnedYou': 'Platz {n}: {who} kam zu Ihnen zurück',
  'departure.returnedTo': 'Platz {n}: {who} kam zu {name} zurück',
  'departure.abandoned': 'Platz {n}: {who} hat aufgelegt',
  'departure.unknown': 'Platz {n}: {who} ist gegangen (Grund unbekannt)',
  'departure.bridgedMany':
    '{n, plural, one {# Anruf wurde verbunden} other {# Anrufe wurden verbunden}}: {list}',
  'departure.takenMany':
    '{name} hat {n, plural, one {# Anruf} other {# Anrufe}} übernommen: {list}',
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
  'outcome.unknown':
    'Das Ergebnis ist unbekannt: Prüfen Sie es, bevor Sie es noch einmal versuchen.',
};
