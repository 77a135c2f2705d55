import { MalformedError } from '../malformed-error.ts';
import { bodyOf, type DerNode } from './read-der.ts';
import { DerCursor, oidOf } from './read-values.ts';
import { TAG } from './tags.ts';

/** The OID of an AlgorithmIdentifier whose parameters are absent or NULL, as those of digests are; throws MalformedError. */
export const plainAlgorithmOidOf = (node: DerNode, name: string): string => {
  const cursor = new DerCursor(node, TAG.sequence, `${name}_algorithm`);
  const oid = oidOf(cursor.take());
  const parameters = cursor.takeIf(TAG.null);
  cursor.finish();
  if (parameters !== undefined && bodyOf(parameters).length > 0)
    throw new MalformedError(`${name}_algorithm_parameters`);
  return oid;
};
