import type { Catalogue } from '../messages.ts';
import { dialogs } from './dialogs/ar.ts';

const minutes =
  '{m, plural, =0 {} one {دقيقة} two {دقيقتين} few {# دقائق} many {# دقيقة} other {# دقيقة}}';
const seconds =
  '{s, plural, =0 {} one {ثانية} two {ثانيتين} few {# ثوانٍ} many {# ثانية} other {# ثانية}}';
const someSeconds =
  '{s, plural, zero {# ثانية} one {ثانية} two {ثانيتين} few {# ثوانٍ} many {# ثانية} ' +
  'other {# ثانية}}';
const calls =
  '{n, plural, zero {# مكالمة} one {مكالمة واحدة} two {مكالمتان} few {# مكالمات} ' +
  'many {# مكالمة} other {# مكالمة}}';

/**
 * All texts of the element, in Arabic. The texts address a person without naming a gender where
 * Arabic allows that.
 */
export const ar: Catalogue = {
  ...dialogs,

  'board.title': 'المكالمات المركونة',
  'board.count':
    '{n, plural, =0 {لا مكالمات مركونة} one {مكالمة مركونة واحدة} two {مكالمتان مركونتان} ' +
    'few {# مكالمات مركونة} many {# مكالمة مركونة} other {# مكالمة مركونة}}',

  'slot.free': 'شاغر',
  'slot.wasFree': 'كان شاغرًا',
  'slot.unknown': 'لا بيانات بعد',
  'slot.parking': 'جارٍ الركن…',
  'slot.bridging': 'جارٍ التوصيل…',
  'slot.unconfirmed': 'لم يتأكد بعد',
  'slot.mine': 'مكالمتك',
  'slot.mineOf': 'مكالمتك: {name}',
  'slot.parkedBy': 'ركنها: {name}',
  'slot.foreign': 'رُكنت من مكان آخر',
  'slot.returning': 'تعود الآن…',
  'slot.next': 'الأطول انتظارًا',
  'slot.for': 'إلى {name}',
  'slot.slow': 'الخط بطيء: لا رد بعد',
  'slot.within': '≤ {time}',
  'slot.waiting': 'تنتظر {time}',
  'slot.asOf': 'الحالة قبل {time}',
  'slot.checked': 'فُحص قبل {s} ث',
  'slot.ago': 'قبل {time}',

  'stage.soon': 'ستعود قريبًا',
  'stage.near': 'ستعود قريبًا جدًا',
  'stage.late': 'على وشك العودة',

  'label.free': 'الموقف {n}، شاغر',
  'label.wasFree': 'الموقف {n}، كان شاغرًا',
  'label.unknown': 'الموقف {n}، لا بيانات بعد',
  'label.parkingSlot': 'الموقف {n}، جارٍ الركن',
  'label.bridgingSlot': 'الموقف {n}، جارٍ التوصيل',
  'label.parking': 'الموقف {n}، {who}، جارٍ الركن',
  'label.bridging': 'الموقف {n}، {who}، جارٍ التوصيل',
  'label.held': 'الموقف {n}، {who}، {parked}، {left}',
  'label.aged': '{what}، {age}',
  'label.notConfirmed': 'لم يتأكد بعد',
  'label.asOf': `الحالة قبل ${minutes} ${seconds}`,
  'label.confirm': 'وصل {who} مع {name}؟ اضغط مرة أخرى للتأكيد أو Escape للإلغاء. الموقف {n}',
  'label.confirmTouch': 'وصل {who} مع {name}؟ المس مرة أخرى للتأكيد. الموقف {n}',
  'label.askPickUp': 'استرجاع {who}؟ اضغط مرة أخرى للتأكيد أو Escape للإلغاء. الموقف {n}',
  'label.askPickUpTouch': 'استرجاع {who}؟ المس مرة أخرى للتأكيد. الموقف {n}',
  'label.note': 'ملاحظة: {text}',
  'label.next': 'الأطول انتظارًا',
  'label.mine': 'ركنتَها أنت',
  'label.mineOf': 'ركنتَها أنت، التحويلة {name}',
  'label.parkedBy': 'ركنها: {name}',
  'label.foreign': 'رُكنت من مكان آخر',
  'label.named': '{name}، {number}',
  'label.call': '{who}، {state}',
  'label.callOf': '{who}، {state}، التحويلة {name}',
  'label.partyOf': '{who}، التحويلة {name}',

  'left.exact': `تعود بعد ${minutes} ${seconds}`,
  'left.within': `تعود خلال ${minutes} ${seconds}`,
  'left.waiting': `تنتظر منذ ${minutes} ${seconds}`,
  'left.returning': 'تعود الآن',
  'left.unknown': 'مدة الانتظار غير معروفة',

  'caller.withheld': 'رقم محجوب',
  'caller.unknown': 'متصل غير معروف',

  'act.parkHere': 'ركن هنا',
  'act.parkHereSlot': 'ركن هنا، الموقف {n}',
  'act.parkNext': 'ركن',
  'act.pickUp': 'استرجاع',
  'act.pickUpSlot': 'استرجاع {who}، الموقف {n}',
  'act.sendTo': 'تحويل إلى {name}',
  'act.sendToSlot': 'تحويل إلى {name}: {who}، الموقف {n}',
  'act.sendOn': 'تحويل إلى …',
  'act.sendOnSlot': 'تحويل إلى …: {who}، الموقف {n}',
  'act.announce': 'إعلان',
  'act.announceSlot': 'إعلان عن {who}، الموقف {n}',
  'act.page': 'إشعار {name}',
  'act.pageSlot': 'إشعار {name}: {who}، الموقف {n}',
  'act.pageOn': 'إشعار …',
  'act.cancel': 'إلغاء',
  'act.check': 'فحص',
  'act.checkSlot': 'فحص الموقف {n}',
  'act.refresh': 'تحديث',
  'act.dismiss': 'إخفاء',
  'act.details': 'التفاصيل',
  'act.detailsSlot': 'تفاصيل الموقف {n}',
  'act.copy': 'نسخ',
  'act.close': 'إغلاق',
  'act.settings': 'الإعدادات',
  'act.help': 'الاختصارات',
  'act.report': 'حفظ تقرير',
  'act.menu': 'المزيد',
  'act.list': 'عرض كقائمة',
  'act.answer': 'رد',
  'act.answerWho': 'رد: {who}',
  'act.parkAgain': 'ركن مرة أخرى',
  'act.parkAgainWho': 'ركن مرة أخرى في الموقف {n} بعد الرد: {who}',
  'act.takeBack': 'استرجاع',
  'act.sure': 'اضغط مرة أخرى للاسترجاع',
  'act.putBack': 'إعادة',

  'ask.park': 'ركن هنا؟',
  'ask.pickUp': 'استرجاع {who}؟',
  'ask.bridge': 'وصل {who} مع {name}؟',

  'why.needCall': 'يلزم أولًا استقبال مكالمة أو إجراؤها',
  'why.needAnswer': 'يلزم الرد على المكالمة أولًا',
  'why.parked': 'المكالمة المحددة مركونة: يرجى تحديد مكالمة جارية',
  'why.sameCall': 'لا يمكن توصيل المكالمة بنفسها',
  'why.pending': 'الإجراء السابق ما زال جاريًا',
  'why.offline': 'لا اتصال بالمقسم: لا يمكن ركن المكالمات الآن',
  'why.offlineCall': 'لا اتصال بالمقسم: لا يمكن الرد على هذه المكالمة الآن',
  'why.lookOnly': 'هذه اللوحة للعرض فقط',
  'why.ringing': 'هاتفك يرن: أجب',
  'why.howToReach':
    'للتحدث مع هذا المتصل، أجب على مكالمة أو أجر مكالمة أولاً، ثم اضغط «تحويل إلى …»',
  'why.empty': 'الموقف {n} فارغ',
  'why.needForWhom': 'اكتب أولًا لمن تنتظر المكالمة',
  'why.noneWaits': 'لا مكالمات منتظرة',
  'why.otherCall': 'حُددت للتو مكالمة أخرى. اضغط مرة أخرى إذا كانت هي المقصودة',
  'why.vetoed': 'هذه الصفحة لا تسمح بذلك',
  'why.moved': 'تحركت القائمة للتو. اضغط مرة أخرى إذا كان هذا الموقف هو المقصود',
  'why.movedCalls': 'تحركت المكالمات للتو. اضغط مرة أخرى إذا كنت تقصد هذه',
  'why.changed': 'تغيّر الموقف {n} للتو. اضغط مرة أخرى إذا كانت هذه المكالمة هي المقصودة',
  'why.noneRings': 'لا ترن أي مكالمة',
  'why.noneBack': 'لم تعد أي مكالمة',
  'why.tooLate': 'فات الأوان: لم يعد التراجع ممكنًا',

  'urgent.next': 'الموقف {n}: {who}. اضغط {key} مرة أخرى للاسترجاع',

  'calls.own': 'مكالماتك',
  'calls.title': 'مكالمات {name}',
  'calls.none': 'لا مكالمات',

  'call.ringing': 'يرنّ',
  'call.talking': 'محادثة جارية',
  'call.connected': 'متصل مع {who}',
  'call.parked': 'مركونة في الموقف {n}',
  'call.parkedSomewhere': 'مركونة',
  'call.in': 'مكالمة واردة',
  'call.out': 'مكالمة صادرة',

  'back.from': 'عادت المكالمة من الموقف {n}',
  'back.waited': 'الانتظار {time}',
  'back.one': '{who}: {about}',
  'back.many':
    '{n, plural, zero {لم تعد مكالمات} one {عادت مكالمة واحدة} two {عادت مكالمتان} few {عادت # مكالمات} many {عادت # مكالمة} other {عادت # مكالمة}}: {list}',

  'note.for': 'إلى {name}',
  'note.text': '«{text}»',
  'note.title': 'ملاحظة، الموقف {n}',
  'note.forField': 'لمن',
  'note.textField': 'ملاحظة',
  'note.save': 'حفظ',
  'note.saved': 'سُجّل للموضع {n}: {about}',
  'note.removed': 'حُذفت ملاحظة الموقف {n}',
  'note.changed': 'في الموقف {n} مكالمة أخرى الآن. لم تُحفظ الملاحظة',

  'announce.say': '{who}، مكالمة على {n}',
  'announce.for': '{name}: {say}',
  'announce.copied': 'نُسخ: {text}',

  'toast.parked': 'رُكنت في الموقف {n}',
  'toast.held': 'الموقف {n}: {who} في الانتظار',
  'toast.free': 'الموقف {n} شاغر',
  'toast.unknown': 'الموقف {n}: لم يعطِ المقسم معلومات',
  'toast.refreshed':
    '{n, plural, =0 {لا موقف شاغرًا} one {موقف شاغر واحد} two {موقفان شاغران} ' +
    'few {# مواقف شاغرة} many {# موقفًا شاغرًا} other {# موقف شاغر}}',
  'toast.dueMany': `${calls} تعود بعد ${someSeconds}: {list}`,
  'toast.due': `الموقف {n}: مكالمة {who} تعود بعد ${someSeconds}`,
  'toast.stage': '{stage}: {list}',
  'toast.returning': 'الموقف {n}: {who} يعود الآن',
  'toast.returningMany':
    '{n, plural, zero {لا مكالمات تعود} one {مكالمة واحدة تعود} two {مكالمتان تعودان} few {# مكالمات تعود} many {# مكالمة تعود} other {# مكالمة تعود}}: {list}',
  'toast.connected': 'تم الربط بين {who} و{other}',
  'toast.askToPark': 'لا يمكن التراجع هنا: اطلب من {other} ركن مكالمة {who}',
  'toast.cancelled': 'أُلغي: {who} ما زال ينتظر في الموقف {n}',
  'toast.pickedUp': 'أنت تتحدث مع {who}',
  'toast.announced': 'أُعلن: {text}',
  'toast.paged': 'أُرسل إلى {name}: {text}',
  'toast.forMe': 'الموقف {n}: {who} في انتظارك',

  'checked.parked': 'رُكنت المكالمة في الموقف {n}: {who}',
  'checked.notParked': 'لم تُركن المكالمة وما زالت على الخط: {who}',
  'checked.waits': 'لم تُربط المكالمة وما زالت في الموقف {n}: {who}',
  'checked.left': 'غادرت المكالمة الموقف {n}: {who}',
  'checked.doubt': '{what}. تحقق قبل أن تعيد المحاولة',

  'unknown.park': 'لا يُعرف هل رُكنت المكالمة{n, plural, =0 {} other { في الموقف #}}: {who}',
  'unknown.bridge': 'لا يُعرف هل رُبطت المكالمة: {who}',
  'unknown.pickUp': 'لا يُعرف هل التُقطت المكالمة: {who}',
  'unknown.note': 'لا يُعرف هل حُفظت الملاحظة: {who}',

  'failed.why': '{what}. {why}',
  'failed.checking': '{what}. {why}. اللوحة تتحقق…',
  'failed.park': 'لم تُركن المكالمة: {who}',
  'failed.bridge': 'لم تُربط المكالمة: {who}',
  'failed.pickUp': 'لم تُلتقط المكالمة: {who}',
  'failed.note': 'لم تُحفظ الملاحظة: {who}',
  'failed.answer': 'لم يُرد على المكالمة: {who}',
  'failed.announce': 'لم يُعلن عن المكالمة: {who}',
  'failed.page': 'لم تُرسل الرسالة: {who}',
  'failed.check': 'لم يُفحص الموقف {n}',
  'failed.refresh': 'لم تُفحص المواقف',
  'failed.report': 'لم يُحفظ التقرير',

  'lost.taken': 'أخذ {name} المكالمة أولًا',
  'lost.bridged': 'أخذ شخص آخر المكالمة أولًا',
  'lost.returned': 'عادت المكالمة إلى التحويلة التي ركنتها',
  'lost.returnedYou': 'عادت المكالمة إليك',
  'lost.returnedTo': 'عادت المكالمة إلى {name}',
  'lost.abandoned': 'أغلق المتصل',
  'lost.unknown': 'غادرت المكالمة الموقف',
  'lost.slot': '{who} ينتظر بالفعل في الموقف {n}',
  'lost.slotBy': '{who} ينتظر بالفعل في الموقف {n}، ركنها {name}',

  'departures.title': 'غادرت مؤخرًا',
  'departures.none': 'لم تغادر أي مكالمة بعد',

  'departure.bridged': 'الموقف {n}: تم توصيل {who}',
  'departure.taken': 'الموقف {n}: مكالمة {who} استلمها: {name}',
  'departure.sent': 'الموقف {n}: {name} وصل {who} مع {other}',
  'departure.returned': 'الموقف {n}: عادت مكالمة {who} إلى التحويلة التي ركنتها',
  'departure.returnedYou': 'الموقف {n}: عادت مكالمة {who} إليك',
  'departure.returnedTo': 'الموقف {n}: عادت مكالمة {who} إلى {name}',
  'departure.abandoned': 'الموقف {n}: انتهت المكالمة من جهة {who}',
  'departure.unknown': 'الموقف {n}: غادرت مكالمة {who} (السبب غير معروف)',
  'departure.bridgedMany': `تم التوصيل، ${calls}: {list}`,
  'departure.takenMany': `استلمها {name}، ${calls}: {list}`,
  'departure.returnedMany': `العودة إلى التحويلات التي ركنت، ${calls}: {list}`,
  'departure.returnedYouMany': `العودة إليك، ${calls}: {list}`,
  'departure.returnedToMany': `العودة إلى {name}، ${calls}: {list}`,
  'departure.abandonedMany': `أنهى المتصلون، ${calls}: {list}`,
  'departure.unknownMany': `غادرت لسبب غير معروف، ${calls}: {list}`,

  'list.search': 'بحث عن موقف أو متصل',
  'list.place': 'الموقف {n} {who}',
  'list.found':
    '{n, plural, =0 {لا نتائج} one {موقف واحد} two {موقفان} few {# مواقف} many {# موقفًا} ' +
    'other {# موقف}}',

  'notify.due': 'الموقف {n}: {who}',
  'notify.dueText': `تعود بعد ${someSeconds}`,
  'notify.forMe': 'في انتظارك',
  'notify.returned': 'عادت إليك',

  'title.due': '{time} – {who}',
  'title.back': 'عاد: {who}',
  'title.returning': 'تعود الآن – {who}',

  'sound.blocked': 'الصوت محظور – انقر للتفعيل',

  'sync.idle': 'لا تحديث',
  'sync.live': 'مباشر',
  'sync.asking': 'جارٍ التحديث',
  'sync.blind': 'لا مكالمة جارية للاستعلام',
  'sync.limited': 'تحديث أبطأ',
  'sync.limitedUntil': 'أبطأ حتى {time}',
  'sync.offline': 'غير متصل',
  'sync.unauthorized': 'غير مصرح',
  'sync.lost': 'إعادة التشغيل',
  'sync.closed': 'مغلق',
  'sync.checked': 'فُحص في {time}',

  'wall.waiting':
    '{n, plural, =0 {لا أحد ينتظر} zero {# في الانتظار} one {واحد في الانتظار} two {اثنان في الانتظار} few {# في الانتظار} many {# في الانتظار} other {# في الانتظار}}',
  'wall.none': 'لا مكالمات في الانتظار',
  'wall.longest': 'الأطول {time}',
  'wall.more': 'و{n} أخرى',

  'report.saved': 'حُفظ التقرير: {name}',

  'error.taken': '{n, plural, =0 {الموقف} other {الموقف #}} مشغول',
  'error.lot-full': 'كل المواقف مشغولة',
  'error.already-parked': 'هذه المكالمة تنتظر في {n, plural, =0 {موقف آخر} other {الموقف #}}',
  'error.vacant': '{n, plural, =0 {الموقف} other {الموقف #}} فارغ الآن',
  'error.nobody-waiting': 'لا مكالمات منتظرة',
  'error.different-call': 'في {n, plural, =0 {الموقف} other {الموقف #}} مكالمة أخرى الآن',
  'error.same-call': 'لا يمكن توصيل المكالمة بنفسها',
  'error.no-such-slot': 'لا يوجد {n, plural, =0 {هذا الموقف} other {الموقف #}}',
  'error.slot-required': 'يرجى اختيار موقف: هذا المقسم يتطلبه',
  'error.no-such-call': 'لم يعد المقسم يعرف هذه المكالمة',
  'error.no-such-extension': 'المقسم لا يعرف هذه التحويلة',
  'error.unauthorized': 'المقسم لا يقبل هذا الرمز',
  'error.forbidden': 'المقسم لا يسمح بذلك',
  'error.rate-limited': 'طلبات كثيرة: يرجى المحاولة لاحقًا',
  'error.bad-request': 'لم يفهم المقسم الطلب',
  'error.invalid-slot': 'هذا ليس رقم موقف',
  'error.invalid-call': 'هذا ليس معرّف مكالمة',
  'error.invalid-extension': 'هذه ليست تحويلة',
  'error.invalid-action': 'لا يوجد إجراء كهذا',
  'error.invalid-options': 'إعداد اللوحة غير صحيح',
  'error.invalid-event': 'تلقت اللوحة حدث مكالمة غير صالح',
  'error.not-loaded': 'تعذر على اللوحة تحميل نواتها',
  'error.disposed': 'اللوحة مغلقة',
  'error.aborted': 'أُلغي',
  'error.unreachable': 'تعذر الوصول إلى المقسم',
  'error.timed-out': 'لم يرد المقسم في الوقت المحدد',
  'error.server-error': 'حدث خطأ في المقسم',
  'error.unclear': 'رد المقسم غير واضح',
  'error.no-live-call':
    'يلزم أولًا استقبال مكالمة أو إجراؤها: تحتاج اللوحة إلى مكالمة للاستعلام من المقسم',
  'error.asker-parked':
    'لم يتم التوصيل بأحد: غادر المتصل من قبل. مكالمتك أنت تنتظر الآن في ' +
    '{n, plural, =0 {الموقف} other {الموقف #}}: يمكنك استلامها من هناك',
  'error.not-there':
    'المكالمة ليست في {n, plural, =0 {الموقف} other {الموقف #}}: غادرت فورًا، أو تم توصيلها ' +
    'بمتصل آخر',
  'error.no-notes': 'لا يمكن حفظ الملاحظة: هذا الخادم لا يحفظ الملاحظات',
  'error.no-pick-up':
    'لا تستطيع هذه اللوحة جعل هاتفك يرنّ: يلزم استقبال مكالمة أخرى أو إجراؤها، ثم توصيلها بالمكالمة ' +
    'المنتظرة',
  'error.no-answer': 'لم يُردّ على هاتفك: المتصل ما زال ينتظر',
  'error.lost': 'فقدت اللوحة بياناتها وتعيد تحميلها',
  'error.unexpected': 'حدث خطأ ما: {text}',
};
