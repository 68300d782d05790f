import { ScrollView } from '@tarojs/components';
import { useCallback, useContext, useState } from 'react';
import { Button } from '@/components/button';
import { PageGateContext } from '@/components/page-gate';
import { useStores } from '@/components/stores-context';
import { observer } from '@/components/observer';
import { type PageParams, paramOf } from '@/components/page-params';
import { Place } from '@/components/place';
import type { ChatroomStore, RoomStore } from '../index';
import { confirm } from '../people/ask';
import { type Form, FormSheet } from '../people/form-sheet';
import { InRoom } from '../people/in-room';
import { useSay } from '../people/use-say';
import { goOut } from '../people/way-out';
import { Elsewhere } from './elsewhere';
import { MyProfile } from './my-profile';
import { RoomDetails } from './room-details';
import './about.scss';

/** The room, me in it, and the way out of it. */
export function AboutView({ params }: { params: PageParams }) {
  const about = useCallback(
    (room: RoomStore, chatroom: ChatroomStore) => <About room={room} chatroom={chatroom} />,
    [],
  );
  return <InRoom roomId={paramOf(params, 'roomId')}>{about}</InRoom>;
}

interface AboutProps {
  room: RoomStore;
  chatroom: ChatroomStore;
}

const About = observer(function About({ room, chatroom }: AboutProps) {
  const say = useSay();
  const { settings } = useStores();
  const from = useContext(PageGateContext);
  const [form, setForm] = useState<Form | null>(null);
  const close = useCallback(() => setForm(null), []);
  const leave = async () => {
    if (!(await confirm(say, say('about.leaveTitle')))) return;
    // First away, so that this page does not say in between that one is in no room.
    await goOut({ settings, from });
    await chatroom.leave(room);
  };
  return (
    <>
      <ScrollView className="fill about" scrollY enhanced>
        <RoomDetails room={room} onForm={setForm} />
        <MyProfile room={room} onForm={setForm} />
        <Elsewhere room={room} />
        <Button kind="danger" onClick={() => void leave()}>
          {say('about.leave')}
        </Button>
      </ScrollView>
      <Place>{form && <FormSheet form={form} onClose={close} />}</Place>
    </>
  );
});
