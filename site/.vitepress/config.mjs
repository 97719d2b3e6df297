// The documentation site. scripts/docs.mjs writes the pages into `pages` and sets the variables.

import { slugOf } from '../../scripts/docs/links.mjs';
import { menu } from '../menu.mjs';

const { DOCS_BASE: base = '/', DOCS_VERSION: version = '', DOCS_OUT: outDir = '' } = process.env;

/** @param {'en' | 'ru'} language */
function sidebar(language) {
  const root = language === 'en' ? '/' : '/ru/';
  return menu.map(({ [language]: text, pages }) => ({
    text,
    items: pages.map(([path, en, ru]) => ({ text: { en, ru }[language], link: root + path })),
  }));
}

/** @param {string} guide @param {string} panel @param {string} root */
const nav = (guide, panel, root) => [
  { text: guide, link: `${root}README` },
  { text: panel, link: `${root}docs/reception` },
  { text: 'API', link: `${root}docs/api/index` },
  { text: version, link: `${root}versions` },
];

export default {
  srcDir: 'pages',
  outDir,
  base,
  title: 'valet-park',
  description: 'Call parking for browser softphones and reception panels',
  head: [['link', { rel: 'icon', href: `${base}icon.svg`, type: 'image/svg+xml' }]],
  metaChunk: true,
  markdown: {
    anchor: { slugify: slugOf },
    // The words that authors of the guides use for plain text.
    languageAlias: { sh: 'bash' },
  },
  locales: {
    root: { label: 'English', lang: 'en' },
    ru: {
      label: 'Русский',
      lang: 'ru',
      description: 'Парковка вызовов для браузерных софтфонов и панелей ресепшена',
      themeConfig: {
        nav: nav('Руководство', 'Для ресепшена', '/ru/'),
        sidebar: sidebar('ru'),
        outline: { label: 'На этой странице', level: [2, 3] },
        docFooter: { prev: 'Назад', next: 'Дальше' },
        darkModeSwitchLabel: 'Тема',
        darkModeSwitchTitle: 'Тёмная тема',
        lightModeSwitchTitle: 'Светлая тема',
        sidebarMenuLabel: 'Меню',
        returnToTopLabel: 'Наверх',
        langMenuLabel: 'Сменить язык',
        skipToContentLabel: 'К содержанию',
        notFound: {
          title: 'Страница не найдена',
          quote: 'По этому адресу ничего нет.',
          linkText: 'На главную',
        },
      },
    },
  },
  themeConfig: {
    nav: nav('Guide', 'For receptionists', '/'),
    sidebar: sidebar('en'),
    outline: { level: [2, 3] },
    search: {
      provider: 'local',
      options: {
        locales: {
          ru: {
            translations: {
              button: { buttonText: 'Поиск', buttonAriaLabel: 'Поиск' },
              modal: {
                displayDetails: 'Показать подробно',
                resetButtonTitle: 'Очистить',
                backButtonTitle: 'Закрыть',
                noResultsText: 'Ничего не найдено:',
                footer: { selectText: 'открыть', navigateText: 'выбрать', closeText: 'закрыть' },
              },
            },
          },
        },
      },
    },
  },
};
