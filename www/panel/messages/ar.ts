import type { PartialCatalogue } from '../../element/messages.ts';
import type { en } from './en.ts';

const minutes =
  'one {دقيقة واحدة} two {دقيقتان} few {# دقائق} many {# دقيقة} zero {# دقيقة} other {# دقيقة}';

/** All texts of the page around the element, in Arabic. See the catalogue of the element. */
export const ar: PartialCatalogue<keyof typeof en> = {
  'page.extensions': 'التحويلة',
  'page.extension': '{name} ({number})',
  'page.noExtension': 'لا توجد التحويلة {text}: يرجى اختيار واحدة من هذه',
  'page.noSwitch': 'لم يرد المقسم: {text}',
  'page.try': 'تجربة',
  'page.tryRing': 'تجربة: اتصال بهذه اللوحة',

  'pair.title': 'إقران هذه اللوحة',
  'pair.intro': 'هذه اللوحة غير مقترنة بعد. يقرنها المسؤول بهذا الرمز:',
  'pair.revoked': 'انتهى وصول هذه اللوحة. يمكن للمسؤول إقرانها من جديد بهذا الرمز:',
  'pair.code': 'رمز الإقران: {code}',
  'pair.command':
    'اكتب هذا الأمر على الخادم، مع تحويلتك واسم لهذه اللوحة. بعدها تتابع الصفحة من نفسها.',
  'pair.until': 'الرمز صالح حتى {time}. بعدها يظهر رمز جديد.',
  'pair.failed': 'لا اتصال بالخادم الوسيط. الصفحة تحاول مرة أخرى. ({text})',

  'drawer.title': 'مكالمات تجريبية',
  'drawer.intro': 'مثّل دور المتصلين بنفسك. لا حاجة إلى هاتف.',
  'drawer.name': 'الاسم',
  'drawer.number': 'الرقم',
  'drawer.ring': 'اتصال بـ {number}',
  'drawer.calls': 'المكالمات',
  'drawer.none': 'لا مكالمات',
  'drawer.bridged': 'موصولة بمكالمة أخرى',
  'drawer.answer': 'رد',
  'drawer.answerWho': 'رد: {who}',
  'drawer.leave': 'المتصل ينهي المكالمة',
  'drawer.leaveWho': 'المتصل ينهي المكالمة: {who}',
  'drawer.clock': 'تقديم ساعة المقسم',
  'drawer.clockNow': 'الساعة تشير إلى {time}',
  'drawer.clockHint':
    `مدة انتظار المكالمة بساعة المقسم: {m, plural, ${minutes}}. ` +
    'العد التنازلي على اللوحة تقدير بساعة هذه الصفحة، وهي لا تتغير.',
  'drawer.forwardSeconds':
    '{n, plural, zero {# ثانية} one {ثانية واحدة} two {ثانيتان} few {# ثوانٍ} many {# ثانية} ' +
    'other {# ثانية}}',
  'drawer.forwardMinutes': `{n, plural, ${minutes}}`,
  'drawer.failed': 'رفض المقسم: {text}',

  'tour.title': 'جولة في دقيقة',
  'tour.ring': 'اجعل متصلًا يرنّ. اضغط «اتصال».',
  'tour.answer': 'الهاتف يرنّ. اضغط «رد».',
  'tour.park': 'المحادثة جارية. اضغط «ركن»، أو اختر موقفًا شاغرًا.',
  'tour.hear': 'الآن تقول: «{text}». اجعل متصلًا ثانيًا يرنّ، ثم رد عليه.',
  'tour.bridge': 'اضغط «تحويل إلى …» على الموقف. يتصل المتصلان أحدهما بالآخر، ويصبح خطك شاغرًا.',
  'tour.done': 'هذا كل شيء. سجل الطلبات يعرض كل طلب أُرسل.',
  'tour.again': 'إعادة الجولة',
  'tour.skip': 'تخطي الجولة',
  'faults.title': 'أعطال الخط',
  'faults.calm': 'لا أعطال',
  'faults.rough': 'بعضها: بطء، وتضيع بعض الردود',
  'faults.storm': 'كثيرة: بطء، وتفشل طلبات كثيرة',

  'log.title': 'سجل الطلبات',
  'log.intro': 'آخر الطلبات وردودها، تمامًا كما أُرسلت واستُلمت.',
  'log.none': 'لا طلبات بعد',
  'log.waiting': 'لا رد بعد',
  'log.stream': 'تدفق يبقى مفتوحًا',
  'log.emptyBody': 'بلا محتوى',
  'log.failed': 'لا رد: {text}',
  'log.took': '{ms} م.ث',
  'log.clear': 'مسح',
  'log.request': 'الطلب',
  'log.answer': 'الرد',
};
