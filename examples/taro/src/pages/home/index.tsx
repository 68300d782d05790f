import { Button, Text, View } from '@tarojs/components';
import { useState } from 'react';
import { loadChat, useChat } from '../../chat';
import type { Im, ImIncomingCall, ImNotice } from '../../im-types';
import { useStock } from '../../stock';

export default function Home() {
  const stock = useStock();
  const [notice, setNotice] = useState<ImNotice | null>(null);
  const [call, setCall] = useState<ImIncomingCall | null>(null);
  useChat((im) => [im.onNotice(setNotice), im.onIncomingCall(setCall)]);
  const withChat = (act: (im: Im) => unknown) => void loadChat().then(act).catch(console.error);

  const openNotice = ({ target }: ImNotice) => {
    withChat((im) => im.open(target));
    setNotice(null);
  };
  return (
    <View>
      <View className="line stock">{`Stock: ${stock}`}</View>
      {notice && (
        <View className="line notice" onClick={() => openNotice(notice)}>
          {`${notice.title}: ${notice.text}`}
        </View>
      )}
      {call && (
        <View className="line call">
          <Text>{`${call.name} calls`}</Text>
          <Button className="answer" onClick={() => withChat((im) => im.open({ call: 'current' }))}>
            Answer
          </Button>
          <Button className="reject" onClick={() => withChat((im) => im.rejectCall())}>
            Reject
          </Button>
        </View>
      )}
    </View>
  );
}
