import { View } from '@tarojs/components';
import { classes } from '@/components/classes';
import { observer } from '@/components/observer';
import { useStores } from '@/components/stores-context';
import type { CallStore } from '@/stores';
import { callTexts } from './texts';

interface CallButtonProps {
  icon: 'down' | 'up' | 'mute' | 'speaker' | 'camera' | 'switch';
  label: string;
  /** Of a switch: whether it is on, and how that is said. */
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

/** What can be done in the state the call is in. */
export const CallButtons = observer(function CallButtons({ call }: { call: CallStore }) {
  const { settings } = useStores();
  const texts = callTexts[settings.language];
  const { state, devices } = call;
  if (state.name === 'idle' || state.name === 'ended') return null;
  if (state.name === 'ringing') {
    return (
      <View className="talk-actions">
        <CallButton icon="down" label={texts.reject} onClick={() => call.reject()} />
        <CallButton icon="up" label={texts.accept} onClick={() => call.accept()} />
      </View>
    );
  }
  const { muted, speaker, camera, type } = devices;
  const said = (isOn: boolean) => (isOn ? texts.on : texts.off);
  return (
    <>
      <View className="talk-actions">
        <CallButton
          icon="mute"
          label={texts.mute}
          isOn={!muted}
          state={said(!muted)}
          onClick={() => devices.setMuted(!muted)}
        />
        <CallButton
          icon="speaker"
          label={texts.speaker}
          isOn={speaker}
          state={said(speaker)}
          onClick={() => devices.setSpeaker(!speaker)}
        />
        {type === 'video' && (
          <CallButton
            icon="camera"
            label={texts.camera}
            isOn={camera}
            state={said(camera)}
            onClick={() => devices.setCamera(!camera)}
          />
        )}
      </View>
      <View className="talk-actions">
        {state.name === 'inCall' && (
          <CallButton
            icon="switch"
            label={type === 'video' ? texts.toAudio : texts.toVideo}
            onClick={() => devices.setType(type === 'video' ? 'audio' : 'video')}
          />
        )}
        <CallButton
          icon="down"
          label={state.name === 'calling' ? texts.cancel : texts.hangUp}
          onClick={() => call.hangUp()}
        />
      </View>
    </>
  );
});
