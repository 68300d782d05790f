import { when } from 'mobx';
import { useCallback, useEffect, useRef, useState } from 'react';
import type { SessionStore } from '@/stores';
import type { ChatroomStore } from '../stores/chatroom-store';
import type { RoomStore } from '../stores/room-store';

export interface Visit {
  /** Null until the account is known. */
  readonly room: RoomStore | null;
  /** Enters again after the visit has ended. */
  readonly enterAgain: () => void;
}

interface VisitOptions {
  roomId: string;
  asGuest: boolean;
}

/** Enters a room when the page opens, and leaves it when the page closes. The outcome is in `room.state`. */
export function useVisit(
  chatroom: ChatroomStore,
  session: SessionStore,
  { roomId, asGuest }: VisitOptions,
): Visit {
  const [room, setRoom] = useState<RoomStore | null>(null);
  const visited = useRef<RoomStore | null>(null);

  const enter = useCallback(() => {
    // The outcome is in the room's state, where the page reads it.
    chatroom.enter(roomId, asGuest ? { signIn: { way: 'anonymous' } } : {}).catch(() => undefined);
    visited.current = chatroom.room;
    setRoom(visited.current);
  }, [chatroom, roomId, asGuest]);

  useEffect(() => {
    // An app opened at this page is still signing in: entering now would be as a guest.
    const cancel = when(
      () => session.status === 'signedIn' || session.status === 'signedOut',
      enter,
    );
    return () => {
      cancel();
      void chatroom.leave(visited.current);
    };
  }, [chatroom, session, enter]);

  const enterAgain = useCallback(() => {
    void chatroom.leave(visited.current);
    enter();
  }, [chatroom, enter]);

  return { room, enterAgain };
}
