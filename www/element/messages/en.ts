import { dialogs } from './dialogs/en.ts';

/**
 * All texts of the element, in English.
 *
 * The texts of the dialogs are in `dialogs/en.ts`. Each text is a whole sentence, because languages
 * differ in word order. `{name}` is a placeholder. `{n, plural, one {…} other {…}}` chooses a text by a
 * number, and `#` is that number. A sentence must not need another grammatical case of a name.
 */
export const en = {
  ...dialogs,

  'board.title': 'Parked calls',
  'board.count': '{n, plural, =0 {No parked calls} one {# parked call} other {# parked calls}}',

  'slot.free': 'Free',
  'slot.wasFree': 'Was free',
  'slot.unknown': 'No data yet',
  'slot.parking': 'Parking…',
  'slot.bridging': 'Sending…',
  'slot.unconfirmed': 'Not confirmed yet',
  'slot.mine': 'Yours',
  'slot.mineOf': 'Yours: {name}',
  'slot.parkedBy': 'Parked by {name}',
  'slot.foreign': 'Parked elsewhere',
  'slot.returning': 'Returning…',
  'slot.next': 'Waits longest',
  'slot.for': 'for {name}',
  'slot.slow': 'Slow line: no answer yet',
  'slot.within': '≤ {time}',
  'slot.waiting': 'Waiting {time}',
  'slot.asOf': 'as of {time} ago',
  'slot.checked': 'checked {s} s ago',

  'stage.soon': 'Returns soon',
  'stage.near': 'Returns very soon',
  'stage.late': 'About to return',

  'label.free': 'Slot {n}, free',
  'label.wasFree': 'Slot {n}, was free',
  'label.unknown': 'Slot {n}, no data yet',
  'label.parkingSlot': 'Slot {n}, parking',
  'label.bridgingSlot': 'Slot {n}, sending',
  'label.parking': 'Slot {n}, {who}, parking',
  'label.bridging': 'Slot {n}, {who}, sending',
  'label.held': 'Slot {n}, {who}, {parked}, {left}',
  'label.aged': '{what}, {age}',
  'label.notConfirmed': 'not confirmed yet',
  'label.asOf':
    'as of {m, plural, =0 {} one {# minute} other {# minutes}} ' +
    '{s, plural, =0 {} one {# second} other {# seconds}} ago',
  'label.confirm': 'Send {who} to {name}? Press again to confirm, Escape to cancel. Slot {n}',
  'label.confirmTouch': 'Send {who} to {name}? Tap again to confirm. Slot {n}',
  'label.askPickUp': 'Pick up {who}? Press again to confirm, Escape to cancel. Slot {n}',
  'label.askPickUpTouch': 'Pick up {who}? Tap again to confirm. Slot {n}',
  'label.note': 'note: {text}',
  'label.mine': 'parked by you',
  'label.mineOf': 'parked by you, extension {name}',
  'label.parkedBy': 'parked by {name}',
  'label.foreign': 'parked elsewhere',
  'label.named': '{name}, {number}',
  'label.call': '{who}, {state}',
  'label.callOf': '{who}, {state}, extension {name}',
  'label.partyOf': '{who}, extension {name}',

  'left.exact':
    'returns in {m, plural, =0 {} one {# minute} other {# minutes}} ' +
    '{s, plural, =0 {} one {# second} other {# seconds}}',
  'left.within':
    'returns within {m, plural, =0 {} one {# minute} other {# minutes}} ' +
    '{s, plural, =0 {} one {# second} other {# seconds}}',
  'left.waiting':
    'waiting for {m, plural, =0 {} one {# minute} other {# minutes}} ' +
    '{s, plural, =0 {} one {# second} other {# seconds}}',
  'left.returning': 'returning',
  'left.unknown': 'waiting time unknown',

  'caller.withheld': 'Number withheld',
  'caller.unknown': 'Unknown caller',

  'act.parkHere': 'Park here',
  'act.parkHereSlot': 'Park here, slot {n}',
  'act.parkNext': 'Park',
  'act.pickUp': 'Pick up',
  'act.pickUpSlot': 'Pick up {who}, slot {n}',
  'act.sendTo': 'Send to {name}',
  'act.sendToSlot': 'Send to {name}: {who}, slot {n}',
  'act.sendOn': 'Send to …',
  'act.sendOnSlot': 'Send to …: {who}, slot {n}',
  'act.cancel': 'Cancel',
  'act.check': 'Check',
  'act.checkSlot': 'Check slot {n}',
  'act.refresh': 'Refresh',
  'act.dismiss': 'Dismiss',
  'act.details': 'Details',
  'act.detailsSlot': 'Details of slot {n}',
  'act.copy': 'Copy',
  'act.close': 'Close',
  'act.settings': 'Settings',
  'act.help': 'Shortcuts',
  'act.report': 'Save a report',
  'act.menu': 'More',
  'act.list': 'Show as a list',
  'act.answer': 'Answer',
  'act.answerWho': 'Answer {who}',
  'act.parkAgain': 'Park again',
  'act.parkAgainWho': 'Park again in slot {n}, after answering {who}',
  'act.takeBack': 'Take back',
  'act.sure': 'Press again to take back',
  'act.putBack': 'Put back',

  'ask.park': 'Park here?',
  'ask.pickUp': 'Pick up {who}?',
  'ask.bridge': 'Send {who}?',

  'why.needCall': 'Take or make a call first',
  'why.needAnswer': 'Answer the call first',
  'why.parked': 'The selected call is parked: select an active one',
  'why.sameCall': 'A call cannot be sent to itself',
  'why.pending': 'This is under way already',
  'why.offline': 'No connection to the switch: nothing can be parked now',
  'why.lookOnly': 'This panel only shows the lot',
  'why.ringing': 'Your telephone rings: answer it',
  'why.howToReach': 'To reach this caller, take or make a call first, then press “Send to …”',
  'why.empty': 'Slot {n} is empty',
  'why.noneWaits': 'No call is waiting',
  'why.otherCall': 'Another call was just selected. Press again if you mean this one',
  'why.vetoed': 'This page does not allow it',
  'why.moved': 'The list has just moved. Press again if you mean this slot',
  'why.changed': 'Slot {n} has just changed. Press again if you mean this call',
  'why.noneRings': 'No call rings',
  'why.noneBack': 'No call is back from a slot',
  'why.tooLate': 'Too late: this can no longer be taken back',

  'urgent.next': 'Slot {n}: {who}. Press {key} again to fetch this call',

  'calls.own': 'Your calls',
  'calls.title': 'Calls of {name}',
  'calls.none': 'No calls',

  'call.ringing': 'Ringing',
  'call.talking': 'Talking',
  'call.parked': 'Parked in slot {n}',
  'call.parkedSomewhere': 'Parked',
  'call.in': 'Incoming call',
  'call.out': 'Outgoing call',

  'back.from': 'back from slot {n}',
  'back.waited': 'waited {time}',
  'back.one': '{who} is {about}',
  'back.many': '{n, plural, one {# call is} other {# calls are}} back: {list}',

  'note.for': 'for {name}',
  'note.text': '“{text}”',
  'note.title': 'Note for slot {n}',
  'note.forField': 'For whom',
  'note.textField': 'Note',
  'note.save': 'Save',
  'note.saved': 'Noted for slot {n}: {about}',
  'note.removed': 'The note for slot {n} is removed',
  'note.changed': 'Another call waits in slot {n} now. The note was not saved',

  'announce.say': '{who}, call on {n}',
  'announce.for': '{name}: {say}',
  'announce.copied': 'Copied: {text}',

  'toast.parked': 'Parked in slot {n}',
  'toast.held': 'Slot {n}: {who} is waiting',
  'toast.free': 'Slot {n} is free',
  'toast.unknown': 'Slot {n}: the switch gave no information',
  'toast.refreshed':
    '{n, plural, =0 {No slot is free} one {# slot is free} other {# slots are free}}',
  'toast.dueMany':
    '{n, plural, one {# call returns} other {# calls return}} in ' +
    '{s, plural, one {# second} other {# seconds}}: {list}',
  'toast.due': 'Slot {n}: {who} returns in {s, plural, one {# second} other {# seconds}}',
  'toast.returning': 'Slot {n}: {who} is returning',
  'toast.returningMany': '{n, plural, one {# call is} other {# calls are}} returning: {list}',
  'toast.connected': '{who} and {other} are connected',
  'toast.askToPark': 'This panel cannot put {who} back: ask {other} to park the call',
  'toast.cancelled': 'Cancelled: {who} still waits in slot {n}',
  'toast.pickedUp': 'You talk with {who}',
  'toast.forMe': 'Slot {n}: {who} is waiting for you',

  'checked.parked': '{who} was parked after all: slot {n}',
  'checked.notParked': '{who} was not parked and is still on the line',
  'checked.waits': '{who} was not connected and still waits in slot {n}',
  'checked.left': '{who} has left slot {n}',
  'checked.doubt': '{what}. Check before you try again',

  'unknown.park': 'It is not known whether {who} was parked{n, plural, =0 {} other { in slot #}}',
  'unknown.bridge': 'It is not known whether {who} was connected',
  'unknown.pickUp': 'It is not known whether {who} was picked up',
  'unknown.note': 'It is not known whether the note for {who} was saved',

  'failed.why': '{what}. {why}',
  'failed.checking': '{what}. {why}. The panel is checking…',
  'failed.park': '{who} was not parked',
  'failed.bridge': '{who} was not connected',
  'failed.pickUp': '{who} was not picked up',
  'failed.note': 'The note for {who} was not saved',
  'failed.answer': 'The call of {who} was not answered',
  'failed.check': 'Slot {n} was not checked',
  'failed.refresh': 'The slots were not checked',
  'failed.report': 'The report was not saved',

  'lost.taken': '{name} took the call first',
  'lost.bridged': 'Another person took the call first',
  'lost.returned': 'The call has returned to the extension that parked it',
  'lost.returnedYou': 'The call has returned to you',
  'lost.returnedTo': 'The call has returned to {name}',
  'lost.abandoned': 'The caller has hung up',
  'lost.unknown': 'The call has left the slot',
  'lost.slot': '{who} already waits in slot {n}',
  'lost.slotBy': '{who} already waits in slot {n}, parked by {name}',

  'departures.title': 'Recent departures',
  'departures.none': 'No calls have left yet',

  'departure.bridged': 'Slot {n}: {who} was connected',
  'departure.taken': 'Slot {n}: {name} took the call of {who}',
  'departure.returned': 'Slot {n}: {who} returned to the extension that parked the call',
  'departure.returnedYou': 'Slot {n}: {who} returned to you',
  'departure.returnedTo': 'Slot {n}: {who} returned to {name}',
  'departure.abandoned': 'Slot {n}: {who} hung up',
  'departure.unknown': 'Slot {n}: {who} left (reason unknown)',
  'departure.bridgedMany':
    '{n, plural, one {# call was connected} other {# calls were connected}}: {list}',
  'departure.takenMany': '{name} took {n, plural, one {# call} other {# calls}}: {list}',
  'departure.returnedMany':
    '{n, plural, one {# call} other {# calls}} returned to the extensions that parked them: {list}',
  'departure.returnedYouMany': '{n, plural, one {# call} other {# calls}} returned to you: {list}',
  'departure.returnedToMany':
    '{n, plural, one {# call} other {# calls}} returned to {name}: {list}',
  'departure.abandonedMany': '{n, plural, one {# caller} other {# callers}} hung up: {list}',
  'departure.unknownMany':
    '{n, plural, one {# call} other {# calls}} left (reason unknown): {list}',

  'list.search': 'Find a slot, a caller',
  'list.place': 'slot {n} {who}',
  'list.found': '{n, plural, =0 {Nothing found} one {# slot found} other {# slots found}}',

  'notify.due': 'Slot {n}: {who}',
  'notify.dueText': 'Returns in {s, plural, one {# second} other {# seconds}}',
  'notify.forMe': 'Waiting for you',
  'notify.returned': 'Returned to you',

  'title.due': '{time} – {who}',
  'title.back': 'Back: {who}',
  'title.returning': 'Returning – {who}',

  'sound.blocked': 'Sound is blocked – click to enable',

  'sync.idle': 'Not updating',
  'sync.live': 'Live',
  'sync.asking': 'Updating',
  'sync.blind': 'No live call to query with',
  'sync.limited': 'Slower updates',
  'sync.limitedUntil': 'Slower until {time}',
  'sync.offline': 'Offline',
  'sync.unauthorized': 'Not authorised',
  'sync.lost': 'Restarting',
  'sync.closed': 'Closed',
  'sync.checked': 'checked at {time}',

  'wall.waiting': '{n, plural, =0 {Nobody is waiting} other {# waiting}}',
  'wall.none': 'No calls are waiting',
  'wall.longest': 'longest {time}',
  'wall.more': 'and {n} more',

  'report.saved': 'Report saved: {name}',

  'error.taken': '{n, plural, =0 {The slot} other {Slot #}} is already taken',
  'error.lot-full': 'All slots are taken',
  'error.already-parked':
    'This call already waits in {n, plural, =0 {another slot} other {slot #}}',
  'error.vacant': '{n, plural, =0 {The slot} other {Slot #}} is empty now',
  'error.nobody-waiting': 'No call is waiting',
  'error.different-call': '{n, plural, =0 {The slot} other {Slot #}} now holds another call',
  'error.same-call': 'A call cannot be sent to itself',
  'error.no-such-slot': 'There is {n, plural, =0 {no such slot} other {no slot #}}',
  'error.slot-required': 'Choose a slot: this switch requires one',
  'error.no-such-call': 'The switch no longer knows this call',
  'error.no-such-extension': 'The switch does not know this extension',
  'error.unauthorized': 'The switch does not accept this token',
  'error.forbidden': 'The switch does not allow this',
  'error.rate-limited': 'Too many requests: try again later',
  'error.bad-request': 'The switch did not understand the request',
  'error.invalid-slot': 'This is not a slot number',
  'error.invalid-call': 'This is not a call ID',
  'error.invalid-extension': 'This is not an extension',
  'error.invalid-action': 'There is no such action',
  'error.invalid-options': 'The panel is configured incorrectly',
  'error.invalid-event': 'The panel received an invalid call event',
  'error.not-loaded': 'The panel could not load its core',
  'error.disposed': 'The panel is closed',
  'error.aborted': 'Cancelled',
  'error.unreachable': 'The switch cannot be reached',
  'error.timed-out': 'The switch did not answer in time',
  'error.server-error': 'An error occurred in the switch',
  'error.unclear': 'The switch gave an unclear answer',
  'error.no-live-call': 'Take or make a call first: the panel needs one to query the switch',
  'error.asker-parked':
    'Nobody is connected: the caller had already left. Your own call now waits in ' +
    '{n, plural, =0 {the slot} other {slot #}}: pick it up there',
  'error.not-there':
    'The call is not in {n, plural, =0 {the slot} other {slot #}}: it left at once, or was ' +
    'connected to another caller',
  'error.no-notes': 'The note cannot be stored: this server keeps no notes',
  'error.no-pick-up':
    'This panel cannot make your telephone ring: take or make another call, then connect it with ' +
    'the one that waits',
  'error.no-answer': 'Your telephone was not answered: the caller still waits',
  'error.lost': 'The panel lost its data and is loading it again',
  'error.unexpected': 'Something went wrong: {text}',
} as const satisfies Readonly<Record<string, string>>;
