import { answered } from '@/connection';
import { systemClock } from '@/platform';
import type { V2NIMMessage } from '@/sdk/types';
import type { AccountStores } from '../session/account';

/** V2NIMQueryDirection */
const OLDEST_FIRST = 1;
/** The SDK mixes messages into a page that were deleted. */
const LIMIT = 20;

/**
 * The first message of a day or after it; undefined without any.
 * @param day `2026-11-27`, a day of the phone's calendar
 * @throws ConnectionError
 */
export async function messageOfDay(
  { connection, conversations }: Pick<AccountStores, 'connection' | 'conversations'>,
  conversationId: string,
  day: string,
): Promise<V2NIMMessage | undefined> {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const beginTime = new Date(year, month - 1, date).getTime();
  const direction = OLDEST_FIRST as number;
  const page = await answered(systemClock, () =>
    connection.services.message.getMessageList({
      conversationId,
      beginTime,
      direction,
      limit: LIMIT,
    }),
  );
  const [first] = conversations.removed.remaining(page, conversationId);
  return first;
}

/** The day of a time in the phone's calendar: `2026-11-27`. */
export function dayText(time: number): string {
  const at = new Date(time);
  return [at.getFullYear(), at.getMonth() + 1, at.getDate()]
    .map((part) => String(part).padStart(2, '0'))
    .join('-');
}
