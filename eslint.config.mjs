// The lints of TypeScript and JavaScript. They use the types, so they find promises that nothing
// waits for. Every rule that is off says why.

import js from '@eslint/js';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';

const rule = '@typescript-eslint';

export default defineConfig(
  // Built files, and programs that must not compile or that stand alone without types.
  { ignores: ['.cache', 'build', 'dist', 'site', 'target', 'tests/package/consumer'] },
  js.configs.recommended,
  tseslint.configs.strictTypeChecked,
  tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      [`${rule}/switch-exhaustiveness-check`]: 'error',
      // `event['CallAPIID']` says that the name is a key of the protocol.
      [`${rule}/dot-notation`]: ['error', { allowIndexSignaturePropertyAccess: true }],
      // A number or a boolean in a text is readable as it is.
      [`${rule}/restrict-template-expressions`]: [
        'error',
        { allowNumber: true, allowBoolean: true },
      ],
      [`${rule}/restrict-plus-operands`]: ['error', { allowNumberAndString: true }],
      // `() => close()` is short, and every caller ignores the result.
      [`${rule}/no-confusing-void-expression`]: 'off',
      // A listener or a clean-up may do nothing. A stand-in for a class may be empty.
      [`${rule}/no-empty-function`]: 'off',
      [`${rule}/no-extraneous-class`]: 'off',
      // Code may throw a caught value again, whatever its type.
      [`${rule}/only-throw-error`]: [
        'error',
        { allowThrowingUnknown: true, allowThrowingAny: false },
      ],
      [`${rule}/prefer-promise-reject-errors`]: ['error', { allowThrowingUnknown: true }],
      // Playwright reads the fixtures that a function needs from its first parameter, `({}) =>`.
      'no-empty-pattern': ['error', { allowObjectPatternsAsParameters: true }],
      // `async` without `await` returns a promise, and turns a throw into a rejection.
      [`${rule}/require-await`]: 'off',
      // Asks for `x!`, which no-non-null-assertion forbids.
      [`${rule}/non-nullable-type-assertion-style`]: 'off',
      // The methods of Hono and of typed fixtures return an interface, not the class.
      [`${rule}/no-unsafe-class-instance-assignment`]: 'off',
      // TypeScript finds these itself: noUnusedLocals, noUnusedParameters, undeclared names.
      [`${rule}/no-unused-vars`]: 'off',
      'no-undef': 'off',
    },
  },
  {
    // Tests, scripts and benchmarks read JSON, which has the type `any`. They fail when they read it wrongly.
    files: ['tests/**', 'scripts/**', 'benches/**'],
    rules: {
      [`${rule}/no-unsafe-argument`]: 'off',
      [`${rule}/no-unsafe-assignment`]: 'off',
      [`${rule}/no-unsafe-member-access`]: 'off',
      [`${rule}/no-unsafe-return`]: 'off',
      // A test may take a fixture apart, or keep a method of the browser to put it back.
      [`${rule}/unbound-method`]: 'off',
      // A `fetch` of a test gets only addresses and bodies that are texts.
      [`${rule}/no-base-to-string`]: 'off',
    },
  },
  {
    // Examples are JavaScript without types.
    files: ['examples/**'],
    extends: [tseslint.configs.disableTypeChecked],
    rules: { [`${rule}/no-unused-vars`]: 'error' },
  },
  {
    // These types need the packages of the frameworks, which only the tests of the apps install.
    files: ['www/templates/**'],
    rules: { [`${rule}/no-redundant-type-constituents`]: 'off' },
  },
  {
    // Every line is wrong on purpose.
    files: ['tests/client/types.errors.ts'],
    rules: {
      [`${rule}/no-meaningless-void-operator`]: 'off',
      [`${rule}/no-unnecessary-condition`]: 'off',
      [`${rule}/no-unused-expressions`]: 'off',
    },
  },
);
