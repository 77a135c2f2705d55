import type { OfficerRole } from '@sochi/kernel';
import { AppError } from '../../../app-error.ts';
import { inTransaction } from '../../../db/database.ts';
import { checkDocuments } from '../basis-documents.ts';
import type { CentreContext } from '../centre-context.ts';
import { getOfficerHolder } from '../holders.ts';
import { prepareCredential, recordCredential } from '../prepare-credential.ts';
import { findCloudCredential, lockOfficer } from '../queries.ts';
import type { Basis } from '../record-certificate.ts';
import { once } from './once.ts';

/**
 * Issues a signature that is kept in the cloud: the key is made in the keystore and opens with this PIN (six digits). Gives the
 * certificate's id. Refuses while the officer has such a signature that has not ended: it is renewed, or revoked first.
 */
export const issueForCredential = (
  ctx: CentreContext,
  basis: Basis,
  input: { inn: string; role: OfficerRole; pin: string },
): Promise<string> =>
  once(ctx, { act: 'issue', basis }, async () => {
    checkDocuments('issue', basis.documents);
    const holder = await getOfficerHolder(ctx.db, input);
    const prepared = await prepareCredential(ctx, { ...holder, key: { pin: input.pin } });
    const at = ctx.clock.now();
    await inTransaction(ctx.db, async (tx) => {
      await lockOfficer(tx, holder.officerId);
      const present = await findCloudCredential(tx, holder.officerId, at);
      if (present) throw new AppError('certificate.exists_already', { serial: present.serial });
      await recordCredential(tx, prepared, { ...basis, ...holder, at });
    });
    return prepared.made.id;
  });
