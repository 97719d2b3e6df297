/** Returns the extensions of an attribute, which has commas or spaces between them. */
export function extensionsIn(text: string): readonly string[] {
  return text.split(/[\s,]+/).filter((extension) => extension !== '');
}
