import { isPlainText } from './plain-text.ts';

/**
 * Canonical XML: one way to write everything, so equal reports are equal bytes. No namespaces, comments or CDATA; elements
 * on their own lines with two spaces of indent; attributes in the order given; text trimmed by nobody; LF at every end.
 */
export interface XmlElement {
  readonly name: string;
  readonly attributes?: readonly (readonly [string, string])[];
  /** A text, or elements; never both. */
  readonly content: string | readonly XmlElement[];
}

const NAME = /^[A-Za-z_][A-Za-z0-9_.-]{0,99}$/;
const ESCAPES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Why a text or name cannot be written as XML. */
export class XmlError extends Error {
  constructor(detail: string) {
    super(detail);
    this.name = 'XmlError';
  }
}

const checkedName = (name: string): string => {
  if (!NAME.test(name))
    throw new XmlError(`not an element or attribute name: ${JSON.stringify(name.slice(0, 40))}`);
  return name;
};

const escaped = (text: string): string => {
  if (!isPlainText(text))
    throw new XmlError(`a character XML cannot carry in ${JSON.stringify(text.slice(0, 40))}`);
  return text.replace(/[&<>"]/g, (character) => ESCAPES[character] ?? character);
};

const lines = (element: XmlElement, indent: string): string[] => {
  const name = checkedName(element.name);
  const attributes = (element.attributes ?? [])
    .map(([key, value]) => ` ${checkedName(key)}="${escaped(value)}"`)
    .join('');
  const { content } = element;
  if (content.length === 0) return [`${indent}<${name}${attributes}/>`];
  if (typeof content === 'string') return [`${indent}<${name}${attributes}>${escaped(content)}</${name}>`];
  const inner = content.flatMap((child) => lines(child, `${indent}  `));
  return [`${indent}<${name}${attributes}>`, ...inner, `${indent}</${name}>`];
};

/** The document as text to be encoded as UTF-8 without BOM; throws XmlError for bad names and control characters. */
export const writeXml = (root: XmlElement): string =>
  `<?xml version="1.0" encoding="UTF-8"?>\n${lines(root, '').join('\n')}\n`;
