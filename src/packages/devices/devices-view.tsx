import { ScrollView, View } from '@tarojs/components';
import { ConnectionError } from '@/connection';
import { confirm, toast } from '@/components/dialogs';
import { separatorTime } from '@/components/format/time';
import { deviceName } from '@/components/format/device-name';
import { observer } from '@/components/observer';
import { reasonText } from '@/components/reason-text';
import { useStores } from '@/components/stores-context';
import { today } from '@/components/today';
import { useT } from '@/components/use-t';
import type { OtherClient } from '@/stores';
import { devicesTexts } from './texts';
import './devices.scss';

/** Where my account is signed in, and the way to sign one of them out. */
export const DevicesView = observer(function DevicesView() {
  const { account, settings } = useStores();
  const t = useT();
  const texts = devicesTexts[settings.language];
  if (!account) return null;
  const { clients } = account;

  const signOut = async (client: OtherClient) => {
    const isSure = await confirm({
      title: texts.confirm,
      content: texts.confirmNote,
      confirmText: texts.signOut,
      cancelText: texts.cancel,
    });
    if (!isSure) return;
    try {
      await clients.signOut(client);
    } catch (error) {
      toast(reasonText(ConnectionError.from(error).code, settings.language));
    }
  };

  return (
    <ScrollView className="fill" scrollY>
      <View className="devices">
        <View className="device">
          <View className="device-text">
            <View className="device-name">{texts.here}</View>
          </View>
        </View>
        {clients.others.map((client) => (
          <View key={client.clientId} className="device">
            <View className="device-text">
              <View className="device-name ellipsis">{deviceName(client.type, client.os, t)}</View>
              <View className="device-note ellipsis">
                {`${texts.since} ${separatorTime(client.since, today.now(), t)}${client.customTag ? ` · ${client.customTag}` : ''}`}
              </View>
            </View>
            <View
              className="device-action"
              hoverClass="pressed"
              ariaRole="button"
              onClick={() => void signOut(client)}
            >
              {texts.signOut}
            </View>
          </View>
        ))}
      </View>
      {clients.others.length === 0 && <View className="devices-empty">{texts.empty}</View>}
    </ScrollView>
  );
});
