import type { PartialCatalogue } from '../messages.ts';

/** All texts of the element, in French. */
export const fr: PartialCatalogue = {
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
  'slot.within': '≤ {time}',
  'slot.waiting': 'Attend {time}',

  'slot.asOf': 'état d’il y a {time}',
  'slot.checked': 'vérifié il y a {s} s',

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
    'Connecter avec {who} ? Appuyez encore pour confirmer, Échap pour annuler. Place {n}',
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
  'act.bridge': 'Connecter',
  'act.bridgeSlot': 'Connecter avec {who}, place {n}',
  'act.confirm': 'Connecter avec {who} ?',
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
  'act.menu': 'Plus',
  'act.list': 'Afficher en liste',
  'act.report': 'Enregistrer un rapport',

  'why.needCall': 'Prenez ou passez d’abord un appel',
  'why.needAnswer': 'Répondez d’abord à l’appel',
  'why.parked': 'L’appel choisi est parqué : choisissez un appel en cours',
  'why.sameCall': 'Un appel ne peut pas être connecté avec lui-même',
  'why.pending': 'L’action précédente est en cours',
  'why.empty': 'La place {n} est vide',
  'why.noneWaits': 'Aucun appel n’attend',
  'why.otherCall':
    'Un autre appel vient d’être choisi. Appuyez encore si c’est bien celui que vous voulez',
  'why.vetoed': 'Cette page ne le permet pas',
  'why.moved': 'La liste vient de bouger. Appuyez encore si c’est bien la place que vous voulez',
  'why.changed':
    'La place {n} vient de changer. Appuyez encore si c’est bien l’appel que vous voulez',

  'calls.own': 'Vos appels',
  'calls.title': 'Appels de {name}',
  'calls.none': 'Aucun appel',
  'call.ringing': 'Sonne',
  'call.talking': 'En ligne',
  'call.parked': 'Parqué en place {n}',
  'call.parkedSomewhere': 'Parqué',
  'call.in': 'Appel entrant',
  'call.out': 'Appel sortant',

  'toast.parked': 'Parqué en place {n}',
  'toast.bridged': 'Connecté avec l’appel de la place {n}',
  'toast.held': 'Place {n} : {who} attend',
  'toast.free': 'La place {n} est libre',
  'toast.unknown': 'Place {n} : le standard n’a donné aucune information',
  'toast.refreshed':
    '{n, plural, =0 {Aucune place libre} one {# place libre} other {# places libres}}',
  'toast.dueMany':
    '{n, plural, one {# appel revient} other {# appels reviennent}} dans ' +
    '{s, plural, one {# seconde} other {# secondes}} : {list}',
  'toast.due': 'Place {n} : {who} revient dans {s, plural, one {# seconde} other {# secondes}}',

  'announce.say': '{who}, appel sur la {n}',
  'announce.copied': 'Copié : {text}',
  'report.saved': 'Rapport enregistré : {name}',

  'list.search': 'Chercher une place, un appelant',
  'list.place': 'place {n} {who}',
  'list.found': '{n, plural, =0 {Aucun résultat} one {# place trouvée} other {# places trouvées}}',

  'details.title': 'Place {n}',
  'details.name': 'Nom',
  'details.number': 'Numéro',
  'details.for': 'Pour',
  'details.note': 'Note',
  'details.state': 'État',
  'details.by': 'Parqué par',
  'details.since': 'Attend depuis',
  'details.sinceAtLeast': '{time} ou plus tôt',
  'details.returns': 'Revient',
  'details.returnsBy': '{time} au plus tard',
  'details.checked': 'Dernière vérification',
  'details.unconfirmed': 'Pas confirmé : la place a pu changer',
  'details.never': 'Jamais',
  'details.history': 'Appels précédents de cet appelant',
  'details.noHistory': 'Aucun',
  'details.bridgeWith': 'Connecter avec un de vos appels',
  'details.call': 'Identifiant de l’appel',

  'settings.title': 'Réglages',
  'settings.confirm': 'Demander avant de connecter',
  'settings.confirm.never': 'Jamais',
  'settings.confirm.others': 'Pour les appels parqués par d’autres',
  'settings.confirm.always': 'Toujours',
  'settings.alerts': 'Prévenir avant le retour des appels',
  'settings.alerts.all': 'Tous les appels',
  'settings.alerts.mine': 'Mes appels',
  'settings.alerts.none': 'Aucun',
  'settings.sound': 'Son',
  'settings.soundTest': 'Tester le son',
  'settings.notify': 'Notifications quand la page est cachée',
  'settings.notifyDenied': 'Le navigateur bloque les notifications de cette page',
  'settings.language': 'Langue',
  'settings.language.auto': 'Comme la page',
  'settings.order': 'Ordre des places',
  'settings.order.phone': '1 2 3 en haut, comme au téléphone',
  'settings.order.keypad': '7 8 9 en haut, comme au clavier',
  'settings.size': 'Taille',
  'settings.size.small': 'Petite',
  'settings.size.usual': 'Normale',
  'settings.size.large': 'Grande',
  'settings.theme': 'Couleurs',
  'settings.theme.auto': 'Comme le système',
  'settings.theme.light': 'Claires',
  'settings.theme.dark': 'Sombres',
  'settings.layout': 'Affichage',
  'settings.layout.board': 'Tableau',
  'settings.layout.list': 'Liste',
  'settings.layout.dock': 'Bande',
  'settings.keys': 'Touches à un caractère',
  'settings.reset': 'Réinitialiser',
  'settings.report':
    'Un problème ? Enregistrez un rapport et envoyez-le à votre assistance. Il ne contient ni ' +
    'noms, ni numéros de téléphone, ni notes, ni mots de passe.',

  'help.title': 'Raccourcis',
  'help.intro':
    'Les touches agissent tant que le focus est dans le panneau. Les touches à un caractère ' +
    'n’agissent que si le focus est sur le tableau. Pour changer une touche, appuyez sur son ' +
    'bouton ci-dessous.',
  'help.press': 'Appuyez sur la nouvelle touche, ou sur Échap pour annuler',
  'help.taken': 'Cette touche est déjà utilisée',
  'help.change': '{what} : {key}. Changer la touche',
  'help.off': 'Les touches à un caractère sont désactivées dans les réglages.',
  'key.slot': 'Aller à une place',
  'key.parkHere': 'Parquer l’appel sur une place',
  'key.act': 'Parquer ici ou connecter',
  'key.move': 'Aller de place en place',
  'key.cancel': 'Annuler, fermer',
  'key.parkNext': 'Parquer sur une place quelconque',
  'key.urgent': 'Aller à l’appel qui revient en premier ; encore une fois : connecter',
  'key.bridge': 'Connecter avec l’appel de la place',
  'key.check': 'Vérifier la place',
  'key.details': 'Détails de la place',
  'key.search': 'Chercher',
  'key.help': 'Afficher tous les raccourcis',

  'sound.blocked': 'Le son est bloqué – cliquez pour l’activer',
  'notify.due': 'Place {n} : {who}',
  'notify.dueText': 'Revient dans {s, plural, one {# seconde} other {# secondes}}',
  'notify.returned': 'Revenu chez vous',
  'title.due': '{time} – {who}',

  'departures.title': 'Derniers départs',
  'departures.none': 'Aucun appel n’est encore parti',
  'departure.bridged': 'Place {n} : {who} a été connecté',
  'departure.taken': 'Place {n} : {name} a pris l’appel de {who}',
  'departure.returned': 'Place {n} : {who} est revenu au poste qui avait parqué l’appel',
  'departure.returnedYou': 'Place {n} : {who} est revenu chez vous',
  'departure.returnedTo': 'Place {n} : {who} est revenu à {name}',
  'departure.abandoned': 'Place {n} : {who} a raccroché',
  'departure.unknown': 'Place {n} : {who} est parti (raison inconnue)',
  'departure.bridgedMany':
    '{n, plural, one {# appel a été connecté} other {# appels ont été connectés}} : {list}',
  'departure.takenMany': '{name} a pris {n, plural, one {# appel} other {# appels}} : {list}',
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
  'outcome.unknown': 'Le résultat est inconnu : vérifiez avant de réessayer.',
};
