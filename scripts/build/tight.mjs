/**
 * Removes the indentation from the templates in minified code. No minifier changes a template, and
 * between two tags a line break means the same as a line break with spaces.
 *
 * @param {string} code
 */
export function tight(code) {
  return code.replace(/\n\s+/g, '\n');
}
