import { Button, Input } from '@tarojs/components';
import Taro, { chooseVideo } from '@tarojs/taro';
import { useState } from 'react';

const { getWeRunData } = Taro;

/** Uses a person's data in each way in which an app written with Taro can. */
export default function Index() {
  const [isMember, setMember] = useState(false);
  const ask = async () => {
    await chooseVideo({});
    await getWeRunData();
    await Taro.chooseInvoice();
    setMember(true);
  };
  return (
    <>
      <Button openType="getPhoneNumber" onClick={() => void ask()} />
      <Button openType={isMember ? 'share' : 'chooseAvatar'} />
      <Input type="nickname" />
    </>
  );
}
