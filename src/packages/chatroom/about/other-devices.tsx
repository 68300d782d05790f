import { View } from '@tarojs/components';
import { useCallback, useEffect, useState } from 'react';
import { ConnectionError } from '@/connection';
import { toast } from '@/components/page/dialogs';
import { deviceName } from '@/components/format/device-name';
import { separatorTime } from '@/components/format/time';
import { observer } from '@/components/page/observer';
import { reasonText } from '@/components/page/reason-text';
import { useStores } from '@/components/page/stores-context';
import { today } from '@/components/page/today';
import { useTexts } from '@/components/page/use-texts';
import { appTexts } from '@/i18n';
import type { OwnClient, RoomStore } from '../index';
import { confirm } from '../people/dialogs';
import { peopleTexts } from '../people/texts';

/** Other clients of this account in this room, with a button to remove them. */
export const OtherDevices = observer(function OtherDevices({ room }: { room: RoomStore }) {
  const { language } = useStores().settings;
  const t = useTexts(peopleTexts);
  const appT = useTexts(appTexts);
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
    if (!(await confirm(t, t('about.putOutTitle')))) return;
    try {
      await room.kickMyOtherClients();
    } catch (cause) {
      toast(reasonText(ConnectionError.from(cause).code, language));
    }
    await load();
  };

  return (
    <>
      <View className="about-title">{t('about.elsewhere')}</View>
      <View className="about-group about-first">
        {failure !== 0 ? (
          <View className="about-retry" ariaRole="button" onClick={() => void load()}>
            {t('about.elsewhereError', { reason: reasonText(failure, language) })}
          </View>
        ) : clients?.length === 0 ? (
          <View className="about-nowhere">{t('about.nowhere')}</View>
        ) : (
          clients?.map((client) => (
            <View key={`${client.type} ${client.since}`} className="about-client">
              <View className="about-client-text">
                <View className="ellipsis">{deviceName(client.type, '', appT)}</View>
                <View className="about-client-since ellipsis">
                  {t('about.since', { time: separatorTime(client.since, today.now(), appT) })}
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
            {t('about.putOut')}
          </View>
        )}
      </View>
    </>
  );
});
