import { View } from '@tarojs/components';
import { classes } from '@/components/ui/classes';
import { observer } from '@/components/page/observer';
import { useTexts } from '@/components/page/use-texts';
import type { CallStore } from '@/stores';
import { callTexts } from './texts';

interface CallButtonProps {
  icon: 'down' | 'up' | 'mute' | 'speaker' | 'camera' | 'switch';
  label: string;
  /** For a switch: whether it is on, and the text of this state. */
  isOn?: boolean | undefined;
  state?: string | undefined;
  onClick: () => void;
}

function CallButton({ icon, label, isOn, state, onClick }: CallButtonProps) {
  return (
    <View
      className="talk-action"
      ariaRole="button"
      ariaLabel={state ? `${label} ${state}` : label}
      onClick={onClick}
    >
      <View className={classes('talk-round', `talk-${icon}`, isOn && 'talk-on')} />
      <View className="talk-label">{label}</View>
    </View>
  );
}

/** The buttons for the current state of the call. */
export const CallButtons = observer(function CallButtons({ call }: { call: CallStore }) {
  const t = useTexts(callTexts);
  const { state, devices } = call;
  if (state.name === 'idle' || state.name === 'ended') return null;
  if (state.name === 'ringing') {
    return (
      <View className="talk-actions">
        <CallButton icon="down" label={t('reject')} onClick={() => call.reject()} />
        <CallButton icon="up" label={t('accept')} onClick={() => call.accept()} />
      </View>
    );
  }
  const { muted, speaker, camera, type } = devices;
  const stateText = (isOn: boolean) => (isOn ? t('on') : t('off'));
  return (
    <>
      <View className="talk-actions">
        <CallButton
          icon="mute"
          label={t('mute')}
          isOn={!muted}
          state={stateText(!muted)}
          onClick={() => devices.setMuted(!muted)}
        />
        <CallButton
          icon="speaker"
          label={t('speaker')}
          isOn={speaker}
          state={stateText(speaker)}
          onClick={() => devices.setSpeaker(!speaker)}
        />
        {type === 'video' && (
          <CallButton
            icon="camera"
            label={t('camera')}
            isOn={camera}
            state={stateText(camera)}
            onClick={() => devices.setCamera(!camera)}
          />
        )}
      </View>
      <View className="talk-actions">
        {state.name === 'inCall' && (
          <CallButton
            icon="switch"
            label={type === 'video' ? t('toAudio') : t('toVideo')}
            onClick={() => devices.setType(type === 'video' ? 'audio' : 'video')}
          />
        )}
        <CallButton
          icon="down"
          label={state.name === 'calling' ? t('cancel') : t('hangUp')}
          onClick={() => call.hangUp()}
        />
      </View>
    </>
  );
});
