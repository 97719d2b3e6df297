import type { Catalogue } from '../messages.ts';
import { dialogs } from './dialogs/ru.ts';

/**
 * All texts of the element, in Russian.
 *
 * The sentences need a name only in the nominative, and do not depend on a person's gender.
 */
export const ru: Catalogue = {
  ...dialogs,

  'board.title': 'Припаркованные вызовы',
  'board.count':
    '{n, plural, =0 {Нет припаркованных вызовов} one {# припаркованный вызов} ' +
    'few {# припаркованных вызова} many {# припаркованных вызовов} ' +
    'other {# припаркованного вызова}}',

  'slot.free': 'Свободен',
  'slot.wasFree': 'Был свободен',
  'slot.unknown': 'Нет данных',
  'slot.parking': 'Ставим…',
  'slot.bridging': 'Соединяем…',
  'slot.unconfirmed': 'Ещё не подтверждено',
  'slot.mine': 'Ваш',
  'slot.mineOf': 'Ваш: {name}',
  'slot.parkedBy': 'Кто поставил: {name}',
  'slot.foreign': 'Поставлен не из этой панели',
  'slot.returning': 'Возвращается…',
  'slot.next': 'Дольше всех',
  'slot.for': 'для: {name}',
  'slot.slow': 'Медленная связь: ответа ещё нет',
  'slot.within': '≤ {time}',
  'slot.waiting': 'Ждёт {time}',
  'slot.asOf': 'как было {time} назад',
  'slot.checked': 'проверено {s} с назад',
  'slot.ago': '{time} назад',

  'stage.soon': 'Скоро вернётся',
  'stage.near': 'Очень скоро вернётся',
  'stage.late': 'Сейчас вернётся',

  'label.free': 'Слот {n}, свободен',
  'label.wasFree': 'Слот {n}, был свободен',
  'label.unknown': 'Слот {n}, нет данных',
  'label.parkingSlot': 'Слот {n}, ставим',
  'label.bridgingSlot': 'Слот {n}, соединяем',
  'label.parking': 'Слот {n}, {who}, ставим',
  'label.bridging': 'Слот {n}, {who}, соединяем',
  'label.held': 'Слот {n}, {who}, {parked}, {left}',
  'label.aged': '{what}, {age}',
  'label.notConfirmed': 'ещё не подтверждено',
  'label.asOf':
    'как было {m, plural, =0 {} one {# минуту} few {# минуты} many {# минут} other {# минуты}} ' +
    '{s, plural, =0 {} one {# секунду} few {# секунды} many {# секунд} other {# секунды}} назад',
  'label.confirm':
    'Соединить: {who} и {name}? Нажмите ещё раз, чтобы подтвердить, Escape – чтобы отменить. ' +
    'Слот {n}',
  'label.confirmTouch': 'Соединить: {who} и {name}? Коснитесь ещё раз, чтобы подтвердить. Слот {n}',
  'label.askPickUp':
    'Забрать: {who}? Нажмите ещё раз, чтобы подтвердить, Escape – чтобы отменить. Слот {n}',
  'label.askPickUpTouch': 'Забрать: {who}? Коснитесь ещё раз, чтобы подтвердить. Слот {n}',
  'label.note': 'заметка: {text}',
  'label.next': 'ждёт дольше всех',
  'label.mine': 'поставлен вами',
  'label.mineOf': 'поставлен вами, внутренний номер {name}',
  'label.parkedBy': 'кто поставил: {name}',
  'label.foreign': 'поставлен не из этой панели',
  'label.named': '{name}, {number}',
  'label.call': '{who}, {state}',
  'label.callOf': '{who}, {state}, внутренний номер {name}',
  'label.partyOf': '{who}, внутренний номер {name}',

  'left.exact':
    'возврат через {m, plural, =0 {} one {# минуту} few {# минуты} many {# минут} ' +
    'other {# минуты}} {s, plural, =0 {} one {# секунду} few {# секунды} many {# секунд} ' +
    'other {# секунды}}',
  'left.within':
    'возврат не позже чем через {m, plural, =0 {} one {# минуту} few {# минуты} ' +
    'many {# минут} other {# минуты}} {s, plural, =0 {} one {# секунду} few {# секунды} ' +
    'many {# секунд} other {# секунды}}',
  'left.waiting':
    'ждёт {m, plural, =0 {} one {# минуту} few {# минуты} many {# минут} other {# минуты}} ' +
    '{s, plural, =0 {} one {# секунду} few {# секунды} many {# секунд} other {# секунды}}',
  'left.returning': 'возвращается',
  'left.unknown': 'время ожидания неизвестно',

  'caller.withheld': 'Номер скрыт',
  'caller.unknown': 'Неизвестный абонент',

  'act.parkHere': 'Поставить сюда',
  'act.parkHereSlot': 'Поставить сюда, слот {n}',
  'act.parkNext': 'Припарковать',
  'act.pickUp': 'Забрать',
  'act.pickUpSlot': 'Забрать: {who}, слот {n}',
  'act.sendTo': 'Соединить: {name}',
  'act.sendToSlot': 'Соединить: {name} и {who}, слот {n}',
  'act.sendOn': 'Соединить с …',
  'act.sendOnSlot': 'Соединить с …: {who}, слот {n}',
  'act.announce': 'Объявить',
  'act.announceSlot': 'Объявить: {who}, слот {n}',
  'act.page': 'Сообщить: {name}',
  'act.pageSlot': 'Сообщить: {name}, {who}, слот {n}',
  'act.pageOn': 'Сообщить …',
  'act.cancel': 'Отмена',
  'act.check': 'Проверить',
  'act.checkSlot': 'Проверить слот {n}',
  'act.refresh': 'Обновить',
  'act.dismiss': 'Закрыть',
  'act.details': 'Подробности',
  'act.detailsSlot': 'Подробности, слот {n}',
  'act.copy': 'Скопировать',
  'act.close': 'Закрыть',
  'act.settings': 'Настройки',
  'act.help': 'Клавиши',
  'act.report': 'Сохранить отчёт',
  'act.menu': 'Ещё',
  'act.list': 'Показать списком',
  'act.answer': 'Ответить',
  'act.answerWho': 'Ответить: {who}',
  'act.parkAgain': 'Поставить снова',
  'act.parkAgainWho': 'Поставить снова в слот {n}, ответив: {who}',
  'act.takeBack': 'Взять обратно',
  'act.sure': 'Ещё раз, чтобы взять обратно',
  'act.putBack': 'Вернуть в слот',

  'ask.park': 'Поставить сюда?',
  'ask.pickUp': 'Забрать: {who}?',
  'ask.bridge': 'Соединить: {who} и {name}?',

  'why.needCall': 'Сначала примите или сделайте вызов',
  'why.needAnswer': 'Сначала ответьте на вызов',
  'why.parked': 'Выбранный вызов припаркован: выберите активный',
  'why.sameCall': 'Вызов нельзя соединить с самим собой',
  'why.pending': 'Это уже выполняется',
  'why.offline': 'Нет связи с АТС: сейчас ничего нельзя припарковать',
  'why.offlineCall': 'Нет связи с АТС: сейчас этому абоненту не ответить',
  'why.lookOnly': 'Эта панель только показывает парковку',
  'why.asked': 'Просим АТС позвонить на ваш телефон…',
  'why.ringing': 'Ваш телефон звонит: ответьте',
  'why.howToReach':
    'Чтобы поговорить, сначала примите или сделайте вызов, затем нажмите «Соединить»',
  'why.empty': 'Слот {n} пуст',
  'why.needForWhom': 'Сначала запишите, для кого ждёт вызов',
  'why.noneWaits': 'Нет ожидающих вызовов',
  'why.otherCall': 'Только что выбран другой вызов. Если нужен именно он, нажмите ещё раз',
  'why.vetoed': 'Эта страница этого не разрешает',
  'why.moved': 'Список только что сдвинулся. Если нужен именно этот слот, нажмите ещё раз',
  'why.movedCalls': 'Вызовы только что сдвинулись. Если нужен именно этот, нажмите ещё раз',
  'why.changed': 'Слот {n} только что изменился. Если нужен именно этот вызов, нажмите ещё раз',
  'why.noneRings': 'Никто не звонит',
  'why.offlineRings': 'Нет связи с АТС: панель не знает, какой вызов звонит',
  'why.noneBack': 'Нет вызова, который вернулся из слота',
  'why.tooLate': 'Поздно: вернуть уже нельзя',

  'urgent.next': 'Слот {n}: {who}. Нажмите {key} ещё раз, чтобы забрать',

  'calls.own': 'Ваши вызовы',
  'calls.title': 'Вызовы: {name}',
  'calls.none': 'Нет вызовов',

  'call.ringing': 'Звонит',
  'call.answering': 'Отвечаем…',
  'call.talking': 'Разговор',
  'call.connected': 'Соединено: {who}',
  'call.pickUp': 'Забрать {n}: {who}',
  'call.parked': 'В слоте {n}',
  'call.parkedSomewhere': 'Припаркован',
  'call.in': 'Входящий вызов',
  'call.out': 'Исходящий вызов',

  'back.from': 'вызов вернулся из слота {n}',
  'back.waited': 'ждал {time}',
  'back.one': '{who}: {about}',
  'back.many':
    '{n, plural, one {# вызов вернулся} few {# вызова вернулись} many {# вызовов вернулись} ' +
    'other {# вызова вернулись}}: {list}',

  'note.for': 'для кого: {name}',
  'note.text': '«{text}»',
  'note.title': 'Заметка, слот {n}',
  'note.forField': 'Для кого',
  'note.textField': 'Заметка',
  'note.save': 'Сохранить',
  'note.saved': 'Записано, слот {n}: {about}',
  'note.removed': 'Заметка удалена, слот {n}',
  'note.changed': 'В слоте {n} уже другой вызов. Заметка не сохранена',

  'announce.say': '{who}, вызов на слоте {n}',
  'announce.for': '{name}: {say}',
  'announce.copied': 'Скопировано: {text}',

  'toast.parked': 'Вызов в слоте {n}',
  'toast.held': 'Слот {n}: ждёт {who}',
  'toast.free': 'Слот {n} свободен',
  'toast.unknown': 'Слот {n}: станция не дала сведений',
  'toast.refreshed':
    '{n, plural, =0 {Свободных слотов нет} one {Свободен # слот} few {Свободно # слота} ' +
    'many {Свободно # слотов} other {Свободно # слота}}',
  'toast.dueMany':
    '{n, plural, one {# вызов вернётся} few {# вызова вернутся} many {# вызовов вернутся} ' +
    'other {# вызова вернутся}} через {s, plural, one {# секунду} few {# секунды} ' +
    'many {# секунд} other {# секунды}}: {list}',
  'toast.due':
    'Слот {n}: {who}, возврат через {s, plural, one {# секунду} few {# секунды} ' +
    'many {# секунд} other {# секунды}}',
  'toast.stage': '{stage}: {list}',
  'toast.returning': 'Слот {n}: вызов возвращается ({who})',
  'toast.returningMany':
    '{n, plural, one {# вызов возвращается} few {# вызова возвращаются} ' +
    'many {# вызовов возвращаются} other {# вызова возвращаются}}: {list}',
  'toast.connected': 'Соединены: {who} и {other}',
  'toast.askToPark': 'Вернуть нельзя: {who}. Попросите поставить вызов: {other}',
  'toast.cancelled': 'Отменено: {who} всё ещё ждёт в слоте {n}',
  'toast.pickedUp': 'Вы говорите: {who}',
  'toast.announced': 'Объявлено: {text}',
  'toast.paged': 'Отправлено. Кому: {name}. {text}',
  'toast.forMe': 'Слот {n}: {who}. Вызов ждёт вас',

  'checked.parked': 'Вызов всё же поставлен в слот {n}: {who}',
  'checked.notParked': 'Вызов не поставлен и остаётся на линии: {who}',
  'checked.waits': 'Вызов не соединён и ждёт в слоте {n}: {who}',
  'checked.left': 'Вызов покинул слот {n}: {who}',
  'checked.doubt': '{what}. Проверьте, прежде чем повторить',

  'unknown.park': 'Неизвестно, поставлен ли вызов{n, plural, =0 {} other { в слот #}}: {who}',
  'unknown.bridge': 'Неизвестно, соединён ли вызов: {who}',
  'unknown.pickUp': 'Неизвестно, принят ли вызов: {who}',
  'unknown.note': 'Неизвестно, сохранена ли заметка: {who}',

  'failed.why': '{what}. {why}',
  'failed.checking': '{what}. {why}. Панель проверяет…',
  'failed.park': 'Не поставлен: {who}',
  'failed.bridge': 'Не соединён: {who}',
  'failed.pickUp': 'Не принят: {who}',
  'failed.note': 'Заметка не сохранена: {who}',
  'failed.answer': 'Нет ответа на вызов: {who}',
  'failed.announce': 'Вызов не объявлен: {who}',
  'failed.page': 'Сообщение не отправлено: {who}',
  'failed.check': 'Слот {n} не проверен',
  'failed.refresh': 'Слоты не проверены',
  'failed.report': 'Отчёт не сохранён',

  'lost.taken': 'Вызов уже забрали: {name}',
  'lost.bridged': 'Вызов уже забрали',
  'lost.returned': 'Вызов вернулся к тому, кто его поставил',
  'lost.returnedYou': 'Вызов вернулся к вам',
  'lost.returnedTo': 'Вызов вернулся. К кому: {name}',
  'lost.abandoned': 'Абонент отключился',
  'lost.unknown': 'Вызов покинул слот',
  'lost.slot': 'В слоте {n} уже ждёт {who}',
  'lost.slotBy': 'В слоте {n} уже ждёт {who}. Кто поставил: {name}',

  'departures.title': 'Недавно ушедшие вызовы',
  'departures.none': 'Ушедших вызовов пока нет',

  'departure.bridged': 'Слот {n}: вызов соединён ({who})',
  'departure.taken': 'Слот {n}: вызов соединён ({who}). Кто принял: {name}',
  'departure.by': 'Слот {n}: вызов соединён ({who}). Кто соединил: {name}',
  'departure.sent': 'Слот {n}: вызов соединён ({who}). С кем: {other}. Кто соединил: {name}',
  'departure.returned': 'Слот {n}: вызов вернулся к тому, кто его поставил ({who})',
  'departure.returnedYou': 'Слот {n}: вызов вернулся к вам ({who})',
  'departure.returnedTo': 'Слот {n}: вызов вернулся ({who}). К кому: {name}',
  'departure.abandoned': 'Слот {n}: абонент отключился ({who})',
  'departure.unknown': 'Слот {n}: вызов ушёл, причина неизвестна ({who})',
  'departure.bridgedMany':
    '{n, plural, one {# вызов соединён} few {# вызова соединены} many {# вызовов соединены} ' +
    'other {# вызова соединены}}: {list}',
  'departure.takenMany':
    '{n, plural, one {# вызов соединён} few {# вызова соединены} many {# вызовов соединены} ' +
    'other {# вызова соединены}}. Кто принял: {name}. Откуда: {list}',
  'departure.byMany':
    '{n, plural, one {# вызов соединён} few {# вызова соединены} many {# вызовов соединены} ' +
    'other {# вызова соединены}}. Кто соединил: {name}. Откуда: {list}',
  'departure.returnedMany':
    '{n, plural, one {# вызов вернулся} few {# вызова вернулись} many {# вызовов вернулись} ' +
    'other {# вызова вернулись}} к тем, кто их поставил: {list}',
  'departure.returnedYouMany':
    '{n, plural, one {# вызов вернулся} few {# вызова вернулись} many {# вызовов вернулись} ' +
    'other {# вызова вернулись}} к вам: {list}',
  'departure.returnedToMany':
    '{n, plural, one {# вызов вернулся} few {# вызова вернулись} many {# вызовов вернулись} ' +
    'other {# вызова вернулись}}. К кому: {name}. Откуда: {list}',
  'departure.abandonedMany':
    '{n, plural, one {# абонент отключился} few {# абонента отключились} ' +
    'many {# абонентов отключились} other {# абонента отключились}}: {list}',
  'departure.unknownMany':
    '{n, plural, one {# вызов ушёл} few {# вызова ушли} many {# вызовов ушли} ' +
    'other {# вызова ушли}}, причина неизвестна: {list}',

  'list.search': 'Найти слот, абонента',
  'list.place': 'слот {n} {who}',
  'list.found':
    '{n, plural, =0 {Ничего не найдено} one {Найден # слот} few {Найдено # слота} ' +
    'many {Найдено # слотов} other {Найдено # слота}}',

  'notify.due': 'Слот {n}: {who}',
  'notify.dueText':
    'Возврат через {s, plural, one {# секунду} few {# секунды} many {# секунд} other {# секунды}}',
  'notify.forMe': 'Ждёт вас',
  'notify.returned': 'Вызов вернулся к вам',

  'title.due': '{time} – {who}',
  'title.back': 'Вернулся: {who}',
  'title.returning': 'Возвращается – {who}',

  'sound.blocked': 'Звук отключён браузером – нажмите, чтобы включить',

  'sync.idle': 'Не обновляется',
  'sync.live': 'На связи',
  'sync.asking': 'Обновление',
  'sync.blind': 'Нет активного вызова для опроса',
  'sync.limited': 'Обновляется реже',
  'sync.limitedUntil': 'Реже до {time}',
  'sync.offline': 'Нет соединения',
  'sync.unauthorized': 'Нет доступа',
  'sync.lost': 'Перезапуск',
  'sync.closed': 'Закрыто',
  'sync.checked': 'проверено в {time}',

  'wall.waiting': '{n, plural, =0 {Никто не ждёт} other {Ждут: #}}',
  'wall.none': 'Нет ожидающих вызовов',
  'wall.longest': 'дольше всех {time}',
  'wall.more': 'и ещё {n}',

  'report.saved': 'Отчёт сохранён: {name}',

  'error.taken': '{n, plural, =0 {Слот} other {Слот #}} уже занят',
  'error.lot-full': 'Все слоты заняты',
  'error.already-parked': 'Этот вызов уже ждёт в {n, plural, =0 {другом слоте} other {слоте #}}',
  'error.vacant': '{n, plural, =0 {Слот} other {Слот #}} уже пуст',
  'error.nobody-waiting': 'Нет ожидающих вызовов',
  'error.different-call': 'В {n, plural, =0 {слоте} other {слоте #}} уже другой вызов',
  'error.same-call': 'Вызов нельзя соединить с самим собой',
  'error.no-such-slot': 'Нет {n, plural, =0 {такого слота} other {слота #}}',
  'error.slot-required': 'Выберите слот: эта станция требует его указать',
  'error.no-such-call': 'Станция больше не знает этого вызова',
  'error.no-such-extension': 'Станция не знает этого внутреннего номера',
  'error.unauthorized': 'Станция не принимает этот токен',
  'error.forbidden': 'Станция этого не разрешает',
  'error.rate-limited': 'Слишком много запросов: повторите позже',
  'error.bad-request': 'Станция не поняла запрос',
  'error.invalid-slot': 'Это не номер слота',
  'error.invalid-call': 'Это не идентификатор вызова',
  'error.invalid-extension': 'Это не внутренний номер',
  'error.invalid-action': 'Нет такого действия',
  'error.invalid-options': 'Панель настроена неверно',
  'error.invalid-event': 'Панель получила неверное событие вызова',
  'error.not-loaded': 'Панели не удалось загрузить своё ядро',
  'error.disposed': 'Панель закрыта',
  'error.aborted': 'Отменено',
  'error.unreachable': 'Станция недоступна',
  'error.timed-out': 'Станция не ответила вовремя',
  'error.server-error': 'Ошибка на станции',
  'error.unclear': 'Станция ответила непонятно',
  'error.no-live-call':
    'Сначала примите или сделайте вызов: без него панель не может опросить станцию',
  'error.asker-parked':
    'Соединения нет: абонент уже ушёл. Теперь ваш собственный вызов ждёт в ' +
    '{n, plural, =0 {слоте} other {слоте #}}: заберите его оттуда',
  'error.not-there':
    'Вызова нет в {n, plural, =0 {слоте} other {слоте #}}: он сразу ушёл ' +
    'или его соединили с другим абонентом',
  'error.no-notes': 'Заметку нельзя сохранить: этот сервер не хранит заметок',
  'error.no-pick-up':
    'Панель не может вызвать ваш телефон: примите или начните другой вызов и соедините ' +
    'его с ожидающим',
  'error.no-answer': 'Вы не ответили на своём телефоне: звонящий всё ещё ждёт',
  'error.lost': 'Панель потеряла данные и загружает их заново',
  'error.unexpected': 'Что-то пошло не так: {text}',
};
