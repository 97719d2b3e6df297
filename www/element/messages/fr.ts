import type { Catalogue } from '../messages.ts';
import { dialogs } from './dialogs/fr.ts';

/** All texts of the element, in French. */
export const fr: Catalogue = {
  ...dialogs,

  'board.title': 'Appels parqués',
  'board.count':
    '{n, plural, =0 {Aucun appel parqué} one {# appel parqué} other {# appels parqués}}',

  'slot.free': 'Libre',
  'slot.wasFree': 'Était libre',
  'slot.unknown': 'Pas de données',
  'slot.parking': 'Parcage…',
  'slot.bridging': 'Connexion…',
  'slot.unconfirmed': 'Pas encore confirmé',
  'slot.mine': 'À vous',
  'slot.mineOf': 'À vous : {name}',
  'slot.parkedBy': 'Parqué par {name}',
  'slot.foreign': 'Parqué ailleurs',
  'slot.returning': 'Retour…',
  'slot.next': 'Attend depuis le plus longtemps',
  'slot.for': 'pour {name}',
  'slot.slow': 'Ligne lente : pas encore de réponse',
  'slot.within': '≤ {time}',
  'slot.waiting': 'Attend {time}',
  'slot.asOf': 'état d’il y a {time}',
  'slot.checked': 'vérifié il y a {s} s',
  'slot.ago': 'il y a {time}',

  'stage.soon': 'Revient bientôt',
  'stage.near': 'Revient très bientôt',
  'stage.late': 'Sur le point de revenir',

  'label.free': 'Place {n}, libre',
  'label.wasFree': 'Place {n}, était libre',
  'label.unknown': 'Place {n}, pas encore de données',
  'label.parkingSlot': 'Place {n}, parcage en cours',
  'label.bridgingSlot': 'Place {n}, connexion en cours',
  'label.parking': 'Place {n}, {who}, parcage en cours',
  'label.bridging': 'Place {n}, {who}, connexion en cours',
  'label.held': 'Place {n}, {who}, {parked}, {left}',
  'label.aged': '{what}, {age}',
  'label.notConfirmed': 'pas encore confirmé',
  'label.asOf':
    'état d’il y a {m, plural, =0 {} one {# minute} other {# minutes}} ' +
    '{s, plural, =0 {} one {# seconde} other {# secondes}}',
  'label.confirm':
    'Mettre en relation {who} et {name} ? Appuyez de nouveau pour confirmer, Échap pour annuler. Place {n}',
  'label.confirmTouch':
    'Mettre en relation {who} et {name} ? Touchez de nouveau pour confirmer. Place {n}',
  'label.askPickUp':
    'Reprendre {who} ? Appuyez de nouveau pour confirmer, Échap pour annuler. Place {n}',
  'label.askPickUpTouch': 'Reprendre {who} ? Touchez de nouveau pour confirmer. Place {n}',
  'label.note': 'note : {text}',
  'label.next': 'attend depuis le plus longtemps',
  'label.mine': 'parqué par vous',
  'label.mineOf': 'parqué par vous, poste {name}',
  'label.parkedBy': 'parqué par {name}',
  'label.foreign': 'parqué ailleurs',
  'label.named': '{name}, {number}',
  'label.call': '{who}, {state}',
  'label.callOf': '{who}, {state}, poste {name}',
  'label.partyOf': '{who}, poste {name}',

  'left.exact':
    'revient dans {m, plural, =0 {} one {# minute} other {# minutes}} ' +
    '{s, plural, =0 {} one {# seconde} other {# secondes}}',
  'left.within':
    'revient dans {m, plural, =0 {} one {# minute} other {# minutes}} ' +
    '{s, plural, =0 {} one {# seconde} other {# secondes}} au plus',
  'left.waiting':
    'attend depuis {m, plural, =0 {} one {# minute} other {# minutes}} ' +
    '{s, plural, =0 {} one {# seconde} other {# secondes}}',
  'left.returning': 'revient',
  'left.unknown': 'temps d’attente inconnu',

  'caller.withheld': 'Numéro masqué',
  'caller.unknown': 'Appelant inconnu',

  'act.parkHere': 'Parquer ici',
  'act.parkHereSlot': 'Parquer ici, place {n}',
  'act.parkNext': 'Parquer',
  'act.pickUp': 'Reprendre',
  'act.pickUpSlot': 'Reprendre {who}, place {n}',
  'act.sendTo': 'Envoyer à {name}',
  'act.sendToSlot': 'Envoyer à {name} : {who}, place {n}',
  'act.sendOn': 'Envoyer à …',
  'act.sendOnSlot': 'Envoyer à … : {who}, place {n}',
  'act.announce': 'Annoncer',
  'act.announceSlot': 'Annoncer {who}, place {n}',
  'act.page': 'Prévenir {name}',
  'act.pageSlot': 'Prévenir {name} : {who}, place {n}',
  'act.pageOn': 'Prévenir …',
  'act.cancel': 'Annuler',
  'act.check': 'Vérifier',
  'act.checkSlot': 'Vérifier la place {n}',
  'act.refresh': 'Actualiser',
  'act.dismiss': 'Masquer',
  'act.details': 'Détails',
  'act.detailsSlot': 'Détails de la place {n}',
  'act.copy': 'Copier',
  'act.close': 'Fermer',
  'act.settings': 'Réglages',
  'act.help': 'Raccourcis',
  'act.report': 'Enregistrer un rapport',
  'act.menu': 'Plus',
  'act.list': 'Afficher en liste',
  'act.answer': 'Répondre',
  'act.answerWho': 'Répondre : {who}',
  'act.parkAgain': 'Remettre en attente',
  'act.parkAgainWho': 'Remettre en attente, place {n}, après réponse : {who}',
  'act.takeBack': 'Reprendre',
  'act.sure': 'Appuyez encore pour reprendre',
  'act.putBack': 'Remettre',

  'ask.park': 'Parquer ici ?',
  'ask.pickUp': 'Reprendre {who} ?',
  'ask.bridge': 'Envoyer {who} à {name} ?',

  'why.needCall': 'Prenez ou passez d’abord un appel',
  'why.needAnswer': 'Répondez d’abord à l’appel',
  'why.parked': 'L’appel choisi est parqué : choisissez un appel en cours',
  'why.sameCall': 'Un appel ne peut pas être connecté avec lui-même',
  'why.pending': 'L’action précédente est en cours',
  'why.offline': 'Pas de connexion au standard : impossible de parquer maintenant',
  'why.offlineCall': 'Pas de connexion au standard : cet appel ne peut pas être repris maintenant',
  'why.lookOnly': 'Ce panneau montre seulement les places',
  'why.asked': 'Demande au standard de faire sonner votre téléphone…',
  'why.ringing': 'Votre téléphone sonne : décrochez',
  'why.howToReach':
    'Pour parler à cet appelant, prenez ou passez d’abord un appel, puis appuyez sur « Envoyer à … »',
  'why.empty': 'La place {n} est vide',
  'why.needForWhom': 'Notez d’abord pour qui l’appel attend',
  'why.noneWaits': 'Aucun appel n’attend',
  'why.otherCall':
    'Un autre appel vient d’être choisi. Appuyez encore si c’est bien celui que vous voulez',
  'why.vetoed': 'Cette page ne le permet pas',
  'why.moved': 'La liste vient de bouger. Appuyez encore si c’est bien la place que vous voulez',
  'why.movedCalls': 'Les appels viennent de bouger. Appuyez de nouveau si c’est bien celui-ci',
  'why.changed':
    'La place {n} vient de changer. Appuyez encore si c’est bien l’appel que vous voulez',
  'why.noneRings': 'Aucun appel ne sonne',
  'why.offlineRings': 'Pas de connexion au standard : le panneau ne sait pas quel appel sonne',
  'why.noneBack': 'Aucun appel n’est de retour',
  'why.tooLate': 'Trop tard : ce n’est plus annulable',

  'urgent.next': 'Place {n} : {who}. Appuyez encore sur {key} pour reprendre cet appel',

  'calls.own': 'Vos appels',
  'calls.title': 'Appels de {name}',
  'calls.none': 'Aucun appel',

  'call.ringing': 'Sonne',
  'call.answering': 'Réponse en cours…',
  'call.talking': 'En ligne',
  'call.connected': 'En ligne avec {who}',
  'call.pickUp': 'Reprendre {n} : {who}',
  'call.parked': 'Parqué en place {n}',
  'call.parkedSomewhere': 'Parqué',
  'call.in': 'Appel entrant',
  'call.out': 'Appel sortant',

  'back.from': 'de retour de la place {n}',
  'back.waited': 'attente {time}',
  'back.one': '{who} est {about}',
  'back.many': '{n, plural, one {# appel est} other {# appels sont}} de retour : {list}',

  'note.for': 'pour {name}',
  'note.text': '« {text} »',
  'note.title': 'Note, place {n}',
  'note.forField': 'Pour qui',
  'note.textField': 'Note',
  'note.save': 'Enregistrer',
  'note.saved': 'Noté, place {n} : {about}',
  'note.removed': 'La note de la place {n} est supprimée',
  'note.changed': 'Un autre appel attend dans la place {n}. La note n’a pas été enregistrée',

  'announce.say': '{who}, appel sur la {n}',
  'announce.for': '{name} : {say}',
  'announce.copied': 'Copié : {text}',

  'toast.parked': 'Parqué en place {n}',
  'toast.held': 'Place {n} : {who} attend',
  'toast.free': 'La place {n} est libre',
  'toast.unknown': 'Place {n} : le standard n’a donné aucune information',
  'toast.refreshed':
    '{n, plural, =0 {Aucune place libre} one {# place libre} other {# places libres}}',
  'toast.dueMany':
    '{n, plural, one {# appel revient} other {# appels reviennent}} dans ' +
    '{s, plural, one {# seconde} other {# secondes}} : {list}',
  'toast.due': 'Place {n} : {who} revient dans {s, plural, one {# seconde} other {# secondes}}',
  'toast.stage': '{stage} : {list}',
  'toast.returning': 'Place {n} : {who} revient',
  'toast.returningMany': '{n, plural, one {# appel revient} other {# appels reviennent}} : {list}',
  'toast.connected': '{who} et {other} sont en communication',
  'toast.askToPark': 'Impossible à annuler ici : {other} peut mettre {who} en attente',
  'toast.cancelled': 'Annulé : {who} attend toujours à la place {n}',
  'toast.pickedUp': 'Vous parlez avec {who}',
  'toast.announced': 'Annoncé : {text}',
  'toast.paged': 'Envoyé à {name} : {text}',
  'toast.forMe': 'Place {n} : {who} vous attend',

  'checked.parked': 'L’appel est bien en attente, place {n} : {who}',
  'checked.notParked': 'L’appel n’est pas en attente et reste en ligne : {who}',
  'checked.waits': 'L’appel n’est pas connecté et attend encore, place {n} : {who}',
  'checked.left': 'L’appel a quitté la place {n} : {who}',
  'checked.doubt': '{what}. Vérifiez avant de réessayer',

  'unknown.park':
    'On ne sait pas si l’appel est en attente{n, plural, =0 {} other { (place #)}} : {who}',
  'unknown.bridge': 'On ne sait pas si l’appel est connecté : {who}',
  'unknown.pickUp': 'On ne sait pas si l’appel est repris : {who}',
  'unknown.note': 'On ne sait pas si la note est enregistrée : {who}',

  'failed.why': '{what}. {why}',
  'failed.checking': '{what}. {why}. Le panneau vérifie…',
  'failed.park': 'Appel non mis en attente : {who}',
  'failed.bridge': 'Appel non connecté : {who}',
  'failed.pickUp': 'Appel non repris : {who}',
  'failed.note': 'La note n’a pas été enregistrée : {who}',
  'failed.answer': 'Appel sans réponse : {who}',
  'failed.announce': 'Appel non annoncé : {who}',
  'failed.page': 'Message non envoyé : {who}',
  'failed.check': 'La place {n} n’a pas été vérifiée',
  'failed.refresh': 'Les places n’ont pas été vérifiées',
  'failed.report': 'Le rapport n’a pas été enregistré',

  'lost.taken': '{name} a pris l’appel avant',
  'lost.bridged': 'Une autre personne a pris l’appel avant',
  'lost.returned': 'L’appel est revenu au poste qui l’avait mis en attente',
  'lost.returnedYou': 'L’appel vous est revenu',
  'lost.returnedTo': 'L’appel est revenu à {name}',
  'lost.abandoned': 'L’appelant a raccroché',
  'lost.unknown': 'L’appel a quitté la place',
  'lost.slot': '{who} attend déjà dans la place {n}',
  'lost.slotBy': '{who} attend déjà dans la place {n}, mis en attente par {name}',

  'departures.title': 'Derniers départs',
  'departures.none': 'Aucun appel n’est encore parti',

  'departure.bridged': 'Place {n} : {who} a été connecté',
  'departure.taken': 'Place {n} : {name} a pris l’appel de {who}',
  'departure.by': 'Place {n} : {name} a connecté {who}',
  'departure.sent': 'Place {n} : {name} a envoyé {who} à {other}',
  'departure.returned': 'Place {n} : {who} est revenu au poste qui avait parqué l’appel',
  'departure.returnedYou': 'Place {n} : {who} est revenu chez vous',
  'departure.returnedTo': 'Place {n} : {who} est revenu à {name}',
  'departure.abandoned': 'Place {n} : {who} a raccroché',
  'departure.unknown': 'Place {n} : {who} est parti (raison inconnue)',
  'departure.bridgedMany':
    '{n, plural, one {# appel a été connecté} other {# appels ont été connectés}} : {list}',
  'departure.takenMany': '{name} a pris {n, plural, one {# appel} other {# appels}} : {list}',
  'departure.byMany': '{name} a connecté {n, plural, one {# appel} other {# appels}} : {list}',
  'departure.returnedMany':
    '{n, plural, one {# appel est revenu au poste qui l’avait parqué} ' +
    'other {# appels sont revenus aux postes qui les avaient parqués}} : {list}',
  'departure.returnedYouMany':
    '{n, plural, one {# appel est revenu} other {# appels sont revenus}} chez vous : {list}',
  'departure.returnedToMany':
    '{n, plural, one {# appel est revenu} other {# appels sont revenus}} à {name} : {list}',
  'departure.abandonedMany':
    '{n, plural, one {# appelant a raccroché} other {# appelants ont raccroché}} : {list}',
  'departure.unknownMany':
    '{n, plural, one {# appel est parti} other {# appels sont partis}} (raison inconnue) : {list}',

  'list.search': 'Chercher une place, un appelant',
  'list.place': 'place {n} {who}',
  'list.found': '{n, plural, =0 {Aucun résultat} one {# place trouvée} other {# places trouvées}}',

  'notify.due': 'Place {n} : {who}',
  'notify.dueText': 'Revient dans {s, plural, one {# seconde} other {# secondes}}',
  'notify.forMe': 'Vous attend',
  'notify.returned': 'Revenu chez vous',

  'title.due': '{time} – {who}',
  'title.back': 'De retour : {who}',
  'title.returning': 'Revient – {who}',

  'sound.blocked': 'Le son est bloqué – cliquez pour l’activer',

  'sync.idle': 'Pas d’actualisation',
  'sync.live': 'En direct',
  'sync.asking': 'Actualisation',
  'sync.blind': 'Aucun appel en cours pour interroger le standard',
  'sync.limited': 'Actualisation ralentie',
  'sync.limitedUntil': 'Ralentie jusqu’à {time}',
  'sync.offline': 'Hors ligne',
  'sync.unauthorized': 'Non autorisé',
  'sync.lost': 'Redémarrage',
  'sync.closed': 'Fermé',
  'sync.checked': 'vérifié à {time}',

  'wall.waiting': "{n, plural, =0 {Personne n'attend} one {# en attente} other {# en attente}}",
  'wall.none': "Aucun appel n'attend",
  'wall.longest': 'le plus long {time}',
  'wall.more': 'et {n} de plus',

  'report.saved': 'Rapport enregistré : {name}',

  'error.taken': '{n, plural, =0 {La place} other {La place #}} est déjà prise',
  'error.lot-full': 'Toutes les places sont prises',
  'error.already-parked':
    'Cet appel attend déjà sur {n, plural, =0 {une autre place} other {la place #}}',
  'error.vacant': '{n, plural, =0 {La place} other {La place #}} est maintenant vide',
  'error.nobody-waiting': 'Aucun appel n’attend',
  'error.different-call':
    '{n, plural, =0 {La place} other {La place #}} contient maintenant un autre appel',
  'error.same-call': 'Un appel ne peut pas être connecté avec lui-même',
  'error.no-such-slot': '{n, plural, =0 {Cette place} other {La place #}} n’existe pas',
  'error.slot-required': 'Choisissez une place : ce standard en exige une',
  'error.no-such-call': 'Le standard ne connaît plus cet appel',
  'error.no-such-extension': 'Le standard ne connaît pas ce poste',
  'error.unauthorized': 'Le standard n’accepte pas ce jeton',
  'error.forbidden': 'Le standard ne le permet pas',
  'error.rate-limited': 'Trop de requêtes : réessayez plus tard',
  'error.bad-request': 'Le standard n’a pas compris la requête',
  'error.invalid-slot': 'Ce n’est pas un numéro de place',
  'error.invalid-call': 'Ce n’est pas un identifiant d’appel',
  'error.invalid-extension': 'Ce n’est pas un poste',
  'error.invalid-action': 'Cette action n’existe pas',
  'error.invalid-options': 'Le panneau est mal configuré',
  'error.invalid-event': 'Le panneau a reçu un événement d’appel non valide',
  'error.not-loaded': 'Le panneau n’a pas pu charger son noyau',
  'error.disposed': 'Le panneau est fermé',
  'error.aborted': 'Annulé',
  'error.unreachable': 'Le standard est injoignable',
  'error.timed-out': 'Le standard n’a pas répondu à temps',
  'error.server-error': 'Une erreur s’est produite dans le standard',
  'error.unclear': 'La réponse du standard n’est pas claire',
  'error.no-live-call':
    'Prenez ou passez d’abord un appel : le panneau en a besoin pour interroger le standard',
  'error.asker-parked':
    'Personne n’est connecté : l’appelant était déjà parti. Votre propre appel attend maintenant ' +
    'sur {n, plural, =0 {la place} other {la place #}} : reprenez-le là',
  'error.not-there':
    'L’appel n’est pas sur {n, plural, =0 {la place} other {la place #}} : il est reparti ' +
    'aussitôt, ou a été connecté avec un autre appelant',
  'error.no-notes': 'La note ne peut pas être enregistrée : ce serveur ne garde pas de notes',
  'error.no-pick-up':
    'Ce panneau ne peut pas faire sonner votre téléphone : prenez ou passez un autre appel, puis ' +
    'connectez-le avec celui qui attend',
  'error.no-answer': 'Votre téléphone n’a pas été décroché : l’appelant attend toujours',
  'error.lost': 'Le panneau a perdu ses données et les recharge',
  'error.unexpected': 'Un problème est survenu : {text}',
};
