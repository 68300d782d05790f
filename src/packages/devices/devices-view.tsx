import { ScrollView, View } from '@tarojs/components';
import { ConnectionError } from '@/connection';
import { confirm, toast } from '@/components/page/dialogs';
import { separatorTime } from '@/components/format/time';
import { deviceName } from '@/components/format/device-name';
import { observer } from '@/components/page/observer';
import { reasonText } from '@/components/page/reason-text';
import { useStores } from '@/components/page/stores-context';
import { today } from '@/components/page/today';
import { useTexts } from '@/components/page/use-texts';
import type { OtherClient } from '@/stores';
import { appTexts } from '@/i18n';
import { devicesTexts } from './texts';
import './devices.scss';

/** The other clients that are signed in with this account, each with a button to sign it out. */
export const DevicesView = observer(function DevicesView() {
  const { account, settings } = useStores();
  const appT = useTexts(appTexts);
  const t = useTexts(devicesTexts);
  if (!account) return null;
  const { clients } = account;

  const signOut = async (client: OtherClient) => {
    const isSure = await confirm({
      title: t('confirm'),
      content: t('confirmNote'),
      confirmText: t('signOut'),
      cancelText: t('cancel'),
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
            <View className="device-name">{t('here')}</View>
          </View>
        </View>
        {clients.others.map((client) => (
          <View key={client.clientId} className="device">
            <View className="device-text">
              <View className="device-name ellipsis">
                {deviceName(client.type, client.os, appT)}
              </View>
              <View className="device-note ellipsis">
                {`${t('since')} ${separatorTime(client.since, today.now(), appT)}${client.customTag ? ` · ${client.customTag}` : ''}`}
              </View>
            </View>
            <View
              className="device-action"
              hoverClass="pressed"
              ariaRole="button"
              onClick={() => void signOut(client)}
            >
              {t('signOut')}
            </View>
          </View>
        ))}
      </View>
      {clients.others.length === 0 && <View className="devices-empty">{t('empty')}</View>}
    </ScrollView>
  );
});
