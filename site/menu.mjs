// The menu of the documentation site: groups of pages, each with its English and its Russian title.

/** @typedef {readonly [path: string, en: string, ru: string]} Entry */

/** @type {readonly { readonly en: string, readonly ru: string, readonly pages: readonly Entry[] }[]} */
export const menu = [
  {
    en: 'Start',
    ru: 'Начало',
    pages: [
      ['README', 'What it is, and how to try it', 'Что это и как попробовать'],
      ['docs/reception', 'For receptionists', 'Для ресепшена'],
      ['docs/parking', 'Parking from a softphone', 'Парковка из софтфона'],
      ['docs/testing', 'Testing your app', 'Тесты вашего приложения'],
      ['examples/README', 'Examples', 'Примеры'],
    ],
  },
  {
    en: 'The panel',
    ru: 'Панель',
    pages: [
      ['docs/element', 'The panel as an element', 'Панель как элемент'],
      ['docs/snapshot', 'Reading the snapshot', 'Состояние парковки'],
      ['docs/errors', 'Errors', 'Ошибки'],
      ['docs/events', 'Call events', 'События вызовов'],
      ['docs/frameworks', 'Frameworks', 'Фреймворки'],
      ['docs/loading', 'Bundlers and policies', 'Сборщики и политики'],
      ['docs/cdn', 'From a CDN', 'Из CDN'],
    ],
  },
  {
    en: 'In production',
    ru: 'Эксплуатация',
    pages: [
      ['docs/relay', 'The relay', 'Ретранслятор'],
      ['docs/freeswitch', 'FreeSWITCH and FusionPBX', 'FreeSWITCH и FusionPBX'],
      ['docs/operating', 'Operating the relay', 'Эксплуатация ретранслятора'],
      ['docs/capacity', 'Many lots: a plan', 'Много парковок: план'],
      ['docs/notifications', 'Notifications', 'Уведомления'],
      ['docs/security', 'Security', 'Безопасность'],
      ['docs/feed', 'The feed', 'Лента событий'],
      ['docs/dialects', 'Two dialects', 'Два диалекта'],
      ['docs/accuracy', 'Accuracy and cost', 'Точность и цена'],
      ['docs/performance', 'Performance', 'Производительность'],
    ],
  },
  {
    en: 'Reference',
    ru: 'Справочник',
    pages: [
      ['docs/api/index', 'The API', 'API'],
      ['docs/comparison', 'Comparison', 'Сравнение'],
      ['CHANGELOG', 'Changes', 'История изменений'],
    ],
  },
  {
    en: 'The project',
    ru: 'Проект',
    pages: [
      ['CONTRIBUTING', 'Contributing', 'Участие'],
      ['ARCHITECTURE', 'Architecture', 'Устройство'],
      ['docs/decisions/README', 'Decisions', 'Решения'],
      ['SECURITY', 'Reporting a vulnerability', 'Сообщить об уязвимости'],
    ],
  },
];
