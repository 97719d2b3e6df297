import type { PartialCatalogue } from '../../element/messages.ts';
import type { en } from './en.ts';

/** All texts of the page around the element, in French. See the catalogue of the element. */
export const fr: PartialCatalogue<keyof typeof en> = {
  'page.extensions': 'Poste',
  'page.extension': '{name} ({number})',
  'page.noExtension': 'Le poste {text} n’existe pas : choisissez-en un ici',
  'page.noSwitch': 'Le standard n’a pas répondu : {text}',
  'page.try': 'Essayer',
  'page.tryRing': 'Essayer : appeler ce panneau',

  'pair.title': 'Associer ce panneau',
  'pair.intro': 'Ce panneau n’est pas encore associé. Un administrateur l’associe avec ce code :',
  'pair.revoked':
    'L’accès de ce panneau a pris fin. Un administrateur peut l’associer de nouveau avec ce code :',
  'pair.code': 'Code d’association : {code}',
  'pair.command':
    'Saisissez cette commande sur le serveur, avec votre poste et un nom pour ce panneau. La page continue ensuite d’elle-même.',
  'pair.until': 'Le code est valable jusqu’à {time}. Un nouveau code apparaît ensuite.',
  'pair.failed': 'Pas de connexion au relais. La page réessaie. ({text})',

  'drawer.title': 'Appels d’essai',
  'drawer.intro': 'Jouez vous-même les appelants. Aucun téléphone n’est nécessaire.',
  'drawer.name': 'Nom',
  'drawer.number': 'Numéro',
  'drawer.ring': 'Appeler le {number}',
  'drawer.calls': 'Appels',
  'drawer.none': 'Aucun appel',
  'drawer.bridged': 'Connecté avec un autre appel',
  'drawer.answer': 'Répondre',
  'drawer.answerWho': 'Répondre : {who}',
  'drawer.leave': 'L’appelant raccroche',
  'drawer.leaveWho': 'L’appelant raccroche : {who}',
  'drawer.clock': 'Avancer l’horloge du standard',
  'drawer.clockNow': 'L’horloge indique {time}',
  'drawer.clockHint':
    'Un appel attend {m, plural, one {# minute} other {# minutes}} d’après l’horloge du standard. ' +
    'Le compte à rebours du tableau est une estimation d’après l’horloge de cette page, qui ne change pas.',
  'drawer.forwardSeconds': '{n, plural, one {# seconde} other {# secondes}}',
  'drawer.forwardMinutes': '{n, plural, one {# minute} other {# minutes}}',
  'drawer.failed': 'Le standard a refusé : {text}',

  'tour.title': 'Visite en une minute',
  'tour.ring': 'Faites sonner un appelant. Appuyez sur « Appeler ».',
  'tour.answer': 'Le téléphone sonne. Appuyez sur « Répondre ».',
  'tour.park': 'Vous parlez. Appuyez sur « Parquer », ou choisissez une place libre.',
  'tour.hear':
    'Vous diriez maintenant : « {text} ». Faites sonner un second appelant, et répondez.',
  'tour.bridge':
    'Appuyez sur « Envoyer à … » sur la place. Les deux appelants sont connectés, et votre ligne est libre.',
  'tour.done': 'C’est tout. Le journal montre chaque requête envoyée.',
  'tour.again': 'Refaire la visite',
  'tour.skip': 'Passer la visite',
  'faults.title': 'Pannes de ligne',
  'faults.calm': 'Aucune',
  'faults.rough': 'Quelques-unes : lent, et des réponses se perdent',
  'faults.storm': 'Beaucoup : lent, et beaucoup de requêtes échouent',

  'log.title': 'Journal des requêtes',
  'log.intro': 'Les dernières requêtes et leurs réponses, exactement comme envoyées et reçues.',
  'log.none': 'Aucune requête',
  'log.waiting': 'Pas encore de réponse',
  'log.stream': 'Un flux qui reste ouvert',
  'log.emptyBody': 'Pas de contenu',
  'log.failed': 'Pas de réponse : {text}',
  'log.took': '{ms} ms',
  'log.clear': 'Vider',
  'log.request': 'Requête',
  'log.answer': 'Réponse',
};
