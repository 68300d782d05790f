import { Button, View } from '@tarojs/components';
import { useState } from 'react';
import { USER } from '../../addresses';
import { loadChat, startChat, useChat } from '../../chat';
import type { Im } from '../../im-types';

export default function Account() {
  const [session, setSession] = useState('signedOut');
  const [unread, setUnread] = useState(0);
  useChat((im) => [im.onSession(({ status }) => setSession(status)), im.onUnread(setUnread)]);

  const withChat = (act: (im: Im) => Promise<unknown>) =>
    void loadChat()
      .then(act)
      .catch((error: Error) => setSession(error.message));
  const signIn = async (im: Im) => {
    startChat(im);
    await im.signIn(USER);
  };
  const leave = async (im: Im) => {
    await im.leave();
    setSession('left');
  };
  return (
    <View>
      <View className="line session">{session}</View>
      <Button className="sign-in" onClick={() => withChat(signIn)}>
        Sign in
      </Button>
      <Button
        className="messages"
        onClick={() => withChat((im) => im.open({ page: 'conversations' }))}
      >
        {`Messages (${unread})`}
      </Button>
      <Button className="service" onClick={() => withChat((im) => im.open({ person: 'ben' }))}>
        Customer service
      </Button>
      <Button className="room" onClick={() => withChat((im) => im.open({ room: '9001' }))}>
        Live room
      </Button>
      <Button className="leave" onClick={() => withChat(leave)}>
        End the chat
      </Button>
    </View>
  );
}
