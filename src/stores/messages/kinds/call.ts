import { MessageType } from '@/sdk/constants';
import { fieldsIn, numberIn } from './fields';
import type { KindSpec } from './kind-spec';

/** The application defines V2NIMMessageCallAttachment.status; these are the numbers of Yunxin's call kit. */
export const CALL_STATUSES = {
  answered: 1,
  cancelled: 2,
  rejected: 3,
  timeout: 4,
  busy: 5,
} as const;
/** The types of a V2NIMMessageCallAttachment. */
export const CALL_TYPES = { audio: 1, video: 2 } as const;

export type CallOutcome = keyof typeof CALL_STATUSES;

/** The content of the message that a call leaves in the chat. */
export interface CallRecord {
  readonly type: keyof typeof CALL_TYPES;
  readonly outcome: CallOutcome;
  /** Whole seconds; 0 when the call was never answered. */
  readonly seconds: number;
}

/** Every number of the two tables is below this. */
const MOST_STATUS = 100;
/** Longest call that a message may claim, seconds: 100 hours. */
const LONGEST_S = 360_000;

/** The content is null when the attachment is not a call's. */
export const callKind: KindSpec<CallRecord | null> = {
  messageType: MessageType.CALL,
  parse: ({ attachment }) => {
    const { type, status, durations } = fieldsIn(attachment);
    const outcome = nameOf(CALL_STATUSES, status);
    const media = nameOf(CALL_TYPES, type);
    if (!outcome || !media) return null;
    const seconds = (Array.isArray(durations) ? durations : []).reduce<number>(
      (longest, each) => Math.max(longest, numberIn(fieldsIn(each).duration, LONGEST_S)),
      0,
    );
    return { type: media, outcome, seconds: Math.floor(seconds) };
  },
  previewKey: 'preview.call',
};

function nameOf<Name extends string>(
  numbers: Readonly<Record<Name, number>>,
  value: unknown,
): Name | undefined {
  return (Object.keys(numbers) as Name[]).find(
    (name) => numbers[name] === numberIn(value, MOST_STATUS),
  );
}
