import type { Catalogue } from '../../element/messages.ts';
import type { en } from './en.ts';

/** Everything the page around the element says, in Russian; see the element's own catalogue. */
export const ru: Catalogue<keyof typeof en> = {
  'page.extensions': 'Внутренний номер',
  'page.extension': '{name} ({number})',
  'page.noExtension': 'Нет внутреннего номера {text}: выберите один из этих',
  'page.noSwitch': 'Станция не ответила: {text}',

  'drawer.title': 'Пробные вызовы',
  'drawer.intro': 'Поднимать трубку никому не нужно: это люди на другом конце.',
  'drawer.name': 'Имя',
  'drawer.number': 'Номер',
  'drawer.ring': 'Позвонить на {number}',
  'drawer.calls': 'Их вызовы',
  'drawer.none': 'На линии никого',
  'drawer.bridged': 'Соединён с другим вызовом',
  'drawer.answer': 'Ответить',
  'drawer.answerWho': 'Ответить: {who}',
  'drawer.leave': 'Кладёт трубку',
  'drawer.leaveWho': 'Кладёт трубку: {who}',
  'drawer.clock': 'Перевести часы станции вперёд',
  'drawer.clockNow': 'На них {time}',
  'drawer.clockHint':
    'Вызов ждёт {m, plural, one {# минуту} few {# минуты} many {# минут} other {# минуты}} ' +
    'по часам станции. Отсчёт на доске – оценка по часам этой страницы, а они остаются как есть.',
  'drawer.forwardSeconds':
    '{n, plural, one {# секунда} few {# секунды} many {# секунд} other {# секунды}}',
  'drawer.forwardMinutes':
    '{n, plural, one {# минута} few {# минуты} many {# минут} other {# минуты}}',
  'drawer.failed': 'Станция не подыграла: {text}',

  'tour.title': 'Минута в приёмной',
  'tour.ring': 'Кто-то звонит. Нажмите «Позвонить».',
  'tour.answer': 'Телефон звонит. Нажмите «Ответить».',
  'tour.park': 'Вы говорите. Нажмите «Припарковать в любой слот» или выберите свободный.',
  'tour.hear': 'Теперь вы скажете: «{text}». Пусть позвонит второй абонент; ответьте ему.',
  'tour.bridge': 'Нажмите «Соединить» на слоте: абоненты говорят друг с другом, вы свободны.',
  'tour.done': 'Вот и всё. Журнал показывает каждый запрос, который для этого понадобился.',
  'tour.again': 'Ещё раз',
  'tour.skip': 'Пропустить',
  'faults.title': 'Сбои на линии',
  'faults.calm': 'Нет: всё работает',
  'faults.rough': 'Немного: медленно, иногда ответ теряется',
  'faults.storm': 'Много: все виды сбоев, и часто',

  'wire.title': 'На линии',
  'wire.intro': 'Последние запросы и ответы на них, как они были отправлены и получены.',
  'wire.none': 'Ещё ни о чём не спрашивали',
  'wire.waiting': 'Ответа ещё нет',
  'wire.stream': 'Поток, который остаётся открытым',
  'wire.emptyBody': 'Без тела',
  'wire.failed': 'Ответа нет: {text}',
  'wire.took': '{ms} мс',
  'wire.clear': 'Очистить',
  'wire.request': 'Запрос',
  'wire.answer': 'Ответ',
};
