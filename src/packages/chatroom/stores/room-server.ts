import { ConnectionError } from '@/connection';
import type { AppServerClient } from '@/stores';

/** A room as the app server lists it. */
export interface RoomSummary {
  readonly roomId: string;
  readonly roomName: string;
  /** Address of a picture; may be empty. */
  readonly cover: string;
  readonly announcement: string;
  readonly onlineUserCount: number;
  /** Something is broadcast there. */
  readonly live: boolean;
}

const UNEXPECTED_ANSWER = 600105;

/** The app server's routes for rooms (docs/app-server.md). @throws ConnectionError from every method */
export class RoomServer {
  constructor(private readonly client: AppServerClient) {}

  /** Rooms that are open; those that match `query`, when there is one. */
  async rooms(query = ''): Promise<readonly RoomSummary[]> {
    const answer = await this.client.get(
      query ? `/rooms?q=${encodeURIComponent(query)}` : '/rooms',
      'everybody',
    );
    return summariesOf(listIn(answer, 'rooms'));
  }

  /** Where a room's link is, for those who are not signed in to IM. */
  async addresses(roomId: string): Promise<readonly string[]> {
    const answer = await this.client.get(`/rooms/${encodeURIComponent(roomId)}/addresses`);
    return listIn(answer, 'addresses').filter((one): one is string => typeof one === 'string');
  }

  dynamicToken(accountId: string): Promise<string> {
    return this.client.dynamicToken(accountId);
  }

  loginExtension(accountId: string): Promise<string> {
    return this.client.loginExtension(accountId);
  }
}

function listIn(answer: unknown, name: string): unknown[] {
  const list = isObject(answer) ? answer[name] : undefined;
  if (Array.isArray(list)) return list;
  throw new ConnectionError(UNEXPECTED_ANSWER, `the app server's answer has no ${name}`);
}

/** The rooms in a list of anything; what is missing of one is empty. */
export function summariesOf(list: readonly unknown[]): RoomSummary[] {
  return list.filter(isObject).filter(hasRoomId).map(toSummary);
}

function toSummary(room: Record<string, unknown> & { roomId: string }): RoomSummary {
  const text = (name: string) => (typeof room[name] === 'string' ? room[name] : '');
  const { onlineUserCount } = room;
  return {
    roomId: room.roomId,
    roomName: text('roomName') || room.roomId,
    cover: text('cover'),
    announcement: text('announcement'),
    onlineUserCount: typeof onlineUserCount === 'number' ? onlineUserCount : 0,
    live: room['live'] === true,
  };
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function hasRoomId(
  room: Record<string, unknown>,
): room is Record<string, unknown> & { roomId: string } {
  return typeof room['roomId'] === 'string' && room['roomId'] !== '';
}
