/** The texts of the playground. A language without texts here gets the English ones. */
const en = {
  title: 'Playground',
  intro: 'Run these lines against the switch in this page, or change them first.',
  example: 'Example',
  code: 'Program',
  run: 'Run',
  running: 'Running…',
  output: 'Output',
  done: 'Done',
  'example.park': 'Park a call',
  'example.bridge': 'Connect two callers',
  'example.pickUp': 'Pick up with your own telephone',
  'example.lost': 'An answer is lost',
  'example.returns': 'A call returns',
};

const ru: typeof en = {
  title: 'Песочница',
  intro: 'Запустите этот код на станции внутри страницы. Код можно изменить.',
  example: 'Пример',
  code: 'Программа',
  run: 'Запустить',
  running: 'Выполняется…',
  output: 'Вывод',
  done: 'Готово',
  'example.park': 'Припарковать вызов',
  'example.bridge': 'Соединить двух абонентов',
  'example.pickUp': 'Забрать вызов на свой телефон',
  'example.lost': 'Ответ потерян',
  'example.returns': 'Вызов возвращается',
};

const texts: Readonly<Record<string, typeof en>> = { en, ru };

/** Returns the texts in a language, such as `ru`. */
export function textsIn(language: string): typeof en {
  return texts[language] ?? en;
}
