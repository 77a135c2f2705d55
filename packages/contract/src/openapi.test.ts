import { Validator } from '@seriousme/openapi-schema-validator';
import { expect, it } from 'vitest';
import { endpoints } from './endpoints/index.ts';
import { openapiDocument } from './openapi.ts';

it('describes every endpoint in a valid OpenAPI 3.1 document', async () => {
  const document = openapiDocument(endpoints, '1.0.0');
  const verdict = await new Validator().validate(structuredClone(document));
  expect(verdict).toMatchObject({ valid: true });
  expect(JSON.stringify(document)).toContain('"operationId":"signFiling"');
});

it('sees an invalid document as invalid', async () => {
  const document = { ...openapiDocument(endpoints, '1.0.0'), info: {} };
  expect(await new Validator().validate(document)).toMatchObject({ valid: false });
});
