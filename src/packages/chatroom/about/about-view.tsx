import { ScrollView } from '@tarojs/components';
import { useCallback, useContext, useState } from 'react';
import { Button } from '@/components/ui/button';
import { PageGateContext } from '@/components/page/page-gate';
import { useStores } from '@/components/page/stores-context';
import { observer } from '@/components/page/observer';
import { type PageParams, paramOf } from '@/components/page/page-params';
import { Slot } from '@/components/ui/slot';
import { useTexts } from '@/components/page/use-texts';
import type { ChatroomStore, RoomStore } from '../index';
import { confirm } from '../people/dialogs';
import { type Form, FormSheet } from '../people/form-sheet';
import { InRoom } from '../people/in-room';
import { leaveRoomPages } from '../people/leave-room';
import { OtherDevices } from './other-devices';
import { MyProfile } from './my-profile';
import { RoomDetails } from './room-details';
import { peopleTexts } from '../people/texts';
import './about.scss';

/** The page about a room: its details, my profile in it, and the button to leave it. */
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
  const t = useTexts(peopleTexts);
  const { settings } = useStores();
  const from = useContext(PageGateContext);
  const [form, setForm] = useState<Form | null>(null);
  const close = useCallback(() => setForm(null), []);
  const leave = async () => {
    if (!(await confirm(t, t('about.leaveTitle')))) return;
    // Navigate first, so that this page does not show for a moment that the user is in no room.
    await leaveRoomPages({ settings, from });
    await chatroom.leave(room);
  };
  return (
    <>
      <ScrollView className="fill about" scrollY enhanced>
        <RoomDetails room={room} onForm={setForm} />
        <MyProfile room={room} onForm={setForm} />
        <OtherDevices room={room} />
        <Button kind="danger" onClick={() => void leave()}>
          {t('about.leave')}
        </Button>
      </ScrollView>
      <Slot>{form && <FormSheet form={form} onClose={close} />}</Slot>
    </>
  );
});
