/**
 * Minified code without the indentation inside of its templates, which no minifier touches: between
 * tags one line break does as well.
 *
 * @param {string} code
 */
export function tight(code) {
  return code.replace(/\n\s+/g, '\n');
}
