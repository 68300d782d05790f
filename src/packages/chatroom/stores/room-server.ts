import { ConnectionError } from '@/connection';
import { Code } from '@/sdk/codes';
import type { AppServerClient } from '@/stores';

/** A room as the app server lists it. */
export interface RoomSummary {
  readonly roomId: string;
  readonly roomName: string;
  /** Address of a picture; may be empty. */
  readonly cover: string;
  readonly announcement: string;
  readonly onlineUserCount: number;
  /** The room has a live stream. */
  readonly live: boolean;
}

/** The app server's routes for rooms (docs/app-server.md). @throws ConnectionError from every method */
export class RoomServer {
  constructor(private readonly client: AppServerClient) {}

  /** Returns the open rooms; with `query` the rooms that match it. */
  async rooms(query = ''): Promise<readonly RoomSummary[]> {
    const answer = await this.client.get(
      query ? `/rooms?q=${encodeURIComponent(query)}` : '/rooms',
      'everybody',
    );
    return summariesOf(listIn(answer, 'rooms'));
  }

  /** Returns the link addresses of a room, for users without an IM login. */
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
  throw new ConnectionError(Code.unexpectedAnswer, `the app server's answer has no ${name}`);
}

/** Reads rooms from any list; a missing field becomes empty. */
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
