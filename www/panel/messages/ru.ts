import type { Catalogue } from '../../element/messages.ts';
import type { en } from './en.ts';

/** All texts of the page around the element, in Russian. See the catalogue of the element. */
export const ru: Catalogue<keyof typeof en> = {
  'page.extensions': 'Внутренний номер',
  'page.extension': '{name} ({number})',
  'page.try': 'Попробовать',
  'page.tryRing': 'Попробовать: позвонить сюда',
  'page.noExtension': 'Нет внутреннего номера {text}: выберите один из этих',
  'page.noSwitch': 'Станция не ответила: {text}',

  'pair.title': 'Подключение панели',
  'pair.intro': 'Эта панель ещё не подключена. Администратор подключает её этим кодом:',
  'pair.revoked':
    'Доступ этой панели закончился. Администратор может снова подключить её этим кодом:',
  'pair.code': 'Код подключения: {code}',
  'pair.command':
    'Введите эту команду на сервере: со своим внутренним номером и именем панели. Страница продолжит сама.',
  'pair.until': 'Код действует до {time}. Затем появится новый код.',
  'pair.failed': 'Нет связи с сервером. Страница пробует снова. ({text})',

  'drawer.title': 'Пробные вызовы',
  'drawer.intro': 'Звоните за абонентов сами. Телефон не нужен.',
  'drawer.name': 'Имя',
  'drawer.number': 'Номер',
  'drawer.ring': 'Позвонить на {number}',
  'drawer.calls': 'Вызовы',
  'drawer.none': 'Нет вызовов',
  'drawer.bridged': 'Соединён с другим вызовом',
  'drawer.answer': 'Ответить',
  'drawer.answerWho': 'Ответить: {who}',
  'drawer.leave': 'Абонент кладёт трубку',
  'drawer.leaveWho': 'Абонент кладёт трубку: {who}',
  'drawer.clock': 'Перевести часы станции вперёд',
  'drawer.clockNow': 'Часы показывают {time}',
  'drawer.clockHint':
    'Вызов ждёт {m, plural, one {# минуту} few {# минуты} many {# минут} other {# минуты}} ' +
    'по часам станции. Отсчёт на доске – оценка по часам этой страницы, а они остаются как есть.',
  'drawer.forwardSeconds':
    '{n, plural, one {# секунда} few {# секунды} many {# секунд} other {# секунды}}',
  'drawer.forwardMinutes':
    '{n, plural, one {# минута} few {# минуты} many {# минут} other {# минуты}}',
  'drawer.failed': 'Станция отказала: {text}',

  'tour.title': 'Знакомство за одну минуту',
  'tour.ring': 'Пусть позвонит абонент. Нажмите «Позвонить».',
  'tour.answer': 'Телефон звонит. Нажмите «Ответить».',
  'tour.park': 'Вы говорите. Нажмите «Припарковать в любой слот» или выберите свободный.',
  'tour.hear': 'Теперь вы скажете: «{text}». Пусть позвонит второй абонент; ответьте ему.',
  'tour.bridge':
    'Нажмите «Соединить с …» на слоте. Абоненты будут соединены, а ваша линия освободится.',
  'tour.done': 'Вот и всё. В журнале виден каждый отправленный запрос.',
  'tour.again': 'Повторить',
  'tour.skip': 'Пропустить',
  'faults.title': 'Сбои на линии',
  'faults.calm': 'Нет',
  'faults.rough': 'Немного: медленно, часть ответов теряется',
  'faults.storm': 'Много: медленно, многие запросы не проходят',

  'log.title': 'Журнал запросов',
  'log.intro': 'Последние запросы и ответы – точно в том виде, в каком они отправлены и получены.',
  'log.none': 'Запросов пока нет',
  'log.waiting': 'Ответа ещё нет',
  'log.stream': 'Поток, который остаётся открытым',
  'log.emptyBody': 'Без тела',
  'log.failed': 'Ответа нет: {text}',
  'log.took': '{ms} мс',
  'log.clear': 'Очистить',
  'log.request': 'Запрос',
  'log.answer': 'Ответ',
};
