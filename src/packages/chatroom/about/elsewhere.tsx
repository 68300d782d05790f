import { View } from '@tarojs/components';
import { useCallback, useEffect, useState } from 'react';
import { ConnectionError } from '@/connection';
import { toast } from '@/components/dialogs';
import { deviceName } from '@/components/format/device-name';
import { separatorTime } from '@/components/format/time';
import { observer } from '@/components/observer';
import { reasonText } from '@/components/reason-text';
import { useStores } from '@/components/stores-context';
import { today } from '@/components/today';
import { useT } from '@/components/use-t';
import type { OwnClient, RoomStore } from '../index';
import { confirm } from '../people/ask';
import { useSay } from '../people/use-say';

/** Where else I am in this room, with the same account, and putting these clients out. */
export const Elsewhere = observer(function Elsewhere({ room }: { room: RoomStore }) {
  const { language } = useStores().settings;
  const say = useSay();
  const t = useT();
  const [clients, setClients] = useState<readonly OwnClient[] | null>(null);
  const [failure, setFailure] = useState(0);
  const load = useCallback(async () => {
    setFailure(0);
    try {
      setClients(await room.myOtherClients());
    } catch (cause) {
      setFailure(ConnectionError.from(cause).code);
    }
  }, [room]);
  useEffect(() => void load(), [load]);

  const putOut = async () => {
    if (!(await confirm(say, say('about.putOutTitle')))) return;
    try {
      await room.kickMyOtherClients();
    } catch (cause) {
      toast(reasonText(ConnectionError.from(cause).code, language));
    }
    await load();
  };

  return (
    <>
      <View className="about-title">{say('about.elsewhere')}</View>
      <View className="about-group about-first">
        {failure !== 0 ? (
          <View className="about-retry" ariaRole="button" onClick={() => void load()}>
            {say('about.elsewhereError', { reason: reasonText(failure, language) })}
          </View>
        ) : clients?.length === 0 ? (
          <View className="about-nowhere">{say('about.nowhere')}</View>
        ) : (
          clients?.map((client) => (
            <View key={`${client.type} ${client.since}`} className="about-client">
              <View className="about-client-text">
                <View className="ellipsis">{deviceName(client.type, '', t)}</View>
                <View className="about-client-since ellipsis">
                  {say('about.since', { time: separatorTime(client.since, today.now(), t) })}
                </View>
              </View>
            </View>
          ))
        )}
        {failure === 0 && clients && clients.length > 0 && (
          <View
            className="about-client about-put-out"
            hoverClass="pressed"
            ariaRole="button"
            onClick={() => void putOut()}
          >
            {say('about.putOut')}
          </View>
        )}
      </View>
    </>
  );
});
