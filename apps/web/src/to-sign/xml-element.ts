/** An element of a report's file, as far as a reader needs it. */
export interface XmlElement {
  readonly name: string;
  readonly attributes: readonly (readonly [string, string])[];
  readonly children: readonly XmlElement[];
  /** Exactly as in the file; of an element without children. */
  readonly text: string;
}

const fromDom = (element: Element): XmlElement => ({
  name: element.nodeName,
  attributes: [...element.attributes].map(({ name, value }) => [name, value]),
  children: [...element.children].map(fromDom),
  text: element.childElementCount === 0 ? (element.textContent ?? '') : '',
});

/** Reads the bytes with the browser's own parser (no entities, no network); undefined when they are no XML. */
export const parseXml = (bytes: Uint8Array<ArrayBuffer>): XmlElement | undefined => {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return undefined;
  }
  const parsed = new DOMParser().parseFromString(text, 'application/xml');
  return parsed.querySelector('parsererror') ? undefined : fromDom(parsed.documentElement);
};
