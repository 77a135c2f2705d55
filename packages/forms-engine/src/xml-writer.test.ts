import { expect, it } from 'vitest';
import { writeXml, XmlError } from './xml-writer.ts';

it('writes one canonical text', () => {
  const root = {
    name: 'FORM',
    attributes: [['ID', 'a"<&>']] as const,
    content: [
      { name: 'EMPTY', content: '' },
      { name: 'NONE', content: [] },
      { name: 'NAME', content: "ОсОО «Көл» & 'Ко' <1> ]]>" },
      { name: 'ROW', content: [{ name: 'X1', content: ' 1 ' }] },
    ],
  };
  expect(writeXml(root)).toBe(
    [
      '<?xml version="1.0" encoding="UTF-8"?>',
      '<FORM ID="a&quot;&lt;&amp;&gt;">',
      '  <EMPTY/>',
      '  <NONE/>',
      "  <NAME>ОсОО «Көл» &amp; 'Ко' &lt;1&gt; ]]&gt;</NAME>",
      '  <ROW>',
      '    <X1> 1 </X1>',
      '  </ROW>',
      '</FORM>',
      '',
    ].join('\n'),
  );
});

it.each(['\0', '\u0007', '\n', '\r', '\t', '\u007f', '\u0085', '\ud800', '\udc00x', '\ufffe', '\uffff'])(
  'refuses %j',
  (text) => {
    expect(() => writeXml({ name: 'A', content: `x${text}` })).toThrow(XmlError);
    expect(() => writeXml({ name: 'A', attributes: [['b', text]], content: '' })).toThrow(XmlError);
  },
);

it('keeps letters beyond the first plane', () => {
  expect(writeXml({ name: 'A', content: '😀 ңөү' })).toContain('<A>😀 ңөү</A>');
});

it.each(['', '1A', 'a b', 'a:b', 'имя', 'A>', 'A'.repeat(101)])('refuses the name %j', (name) => {
  expect(() => writeXml({ name, content: '' })).toThrow(XmlError);
  expect(() => writeXml({ name: 'A', attributes: [[name, '']], content: '' })).toThrow(XmlError);
});
