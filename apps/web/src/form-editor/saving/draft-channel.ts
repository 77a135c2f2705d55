/** What windows of one browser tell each other about a draft: that they have it open, and that they saved it. */
import * as z from 'zod';

const Message = z.discriminatedUnion('say', [
  z.object({ say: z.literal('opened'), from: z.string() }),
  z.object({ say: z.literal('here'), from: z.string() }),
  z.object({ say: z.literal('closed'), from: z.string() }),
  z.object({ say: z.literal('changed'), from: z.string() }),
]);
type Message = z.infer<typeof Message>;

export interface DraftChannel {
  /** Tells the other windows that the server holds something new. */
  readonly tellChanged: () => void;
  readonly close: () => void;
}

/** Joins the windows that have this draft open; `onOthers` hears whether there are any, `onChanged` that one saved. */
export const openDraftChannel = (given: {
  filingId: string;
  /** A name of this window no other has. */
  me: string;
  onOthers: (present: boolean) => void;
  onChanged: () => void;
}): DraftChannel => {
  if (typeof BroadcastChannel === 'undefined')
    return { tellChanged: () => undefined, close: () => undefined };
  const channel = new BroadcastChannel(`sochi.draft.${given.filingId}`);
  const others = new Set<string>();
  const say = (message: Message['say']): void =>
    channel.postMessage({ say: message, from: given.me } satisfies Message);
  channel.onmessage = ({ data }: MessageEvent<unknown>) => {
    const heard = Message.safeParse(data).data;
    if (!heard) return;
    if (heard.say === 'closed') others.delete(heard.from);
    else others.add(heard.from);
    if (heard.say === 'opened') say('here');
    if (heard.say === 'changed') given.onChanged();
    given.onOthers(others.size > 0);
  };
  say('opened');
  return {
    tellChanged: () => say('changed'),
    close: () => {
      say('closed');
      channel.close();
    },
  };
};
