import { View } from '@tarojs/components';
import { Button } from '@/components/button';
import { useGoBack, useNavigate } from '@/components/navigate';
import { observer } from '@/components/observer';
import { routes } from '@/components/routes';
import { useStores } from '@/components/stores-context';
import { reasonOf } from '@/connection';
import type { ExitCause } from '../connection/room-state';
import { roomRoutes } from '../routes';
import type { RoomStore } from '../stores/room-store';
import { useSay } from '../use-chatroom';
import { exitText } from './exit-text';

interface ExitNoticeProps {
  room: RoomStore;
  enterAgain: () => void;
}

type Step = 'back' | 'again' | 'signIn';

/** Codes that only another sign-in helps against. */
const SIGN_IN: readonly number[] = [302, 403, 404, 102302, 102404, 102422, 114303];

/** Why one is out of the room, in the words of the reasons table, and what can be done now. */
export const ExitNotice = observer(function ExitNotice({ room, enterAgain }: ExitNoticeProps) {
  const { settings } = useStores();
  const say = useSay();
  const navigate = useNavigate();
  const backToList = useGoBack(roomRoutes.list, 'replace');
  const { state, exitCode } = room;
  if (state.name !== 'exited') return null;
  const { cause } = state;
  const run: Readonly<Record<Step, () => void>> = {
    back: backToList,
    again: enterAgain,
    signIn: () => navigate(routes.login, 'restart'),
  };
  const [first, ...others] = stepsAfter(cause, exitCode);
  return (
    <View className="exit-mask" catchMove>
      <View className="exit" ariaRole="alert">
        <View className="exit-title">
          {say(cause.kind === 'refused' ? 'exit.refused' : 'exit.title')}
        </View>
        <View className="exit-text">{exitText(cause, exitCode, say, settings.language)}</View>
        {cause.kind === 'kicked' && cause.extension !== '' && (
          <View className="exit-text">{say('exit.extension', { text: cause.extension })}</View>
        )}
        {cause.kind === 'refused' && (
          <View className="exit-code">{say('exit.code', { code: exitCode })}</View>
        )}
        {cause.kind === 'refused' && cause.detail && (
          <View className="exit-code">{cause.detail}</View>
        )}
        <Button onClick={run[first]}>{say(`exit.${first}`)}</Button>
        {others.map((step) => (
          <Button key={step} kind="plain" onClick={run[step]}>
            {say(`exit.${step}`)}
          </Button>
        ))}
      </View>
    </View>
  );
});

/** What helps comes first. Two clients that enter again by themselves would put each other out for ever. */
export function stepsAfter(cause: ExitCause, code: number): readonly [Step, ...Step[]] {
  switch (cause.kind) {
    case 'left':
    case 'replaced':
      return ['again', 'back'];
    case 'kicked':
      return cause.reason === 2 || cause.reason === -1 ? ['back', 'again'] : ['again', 'back'];
    case 'closed':
    case 'blocked':
      return ['back'];
    case 'banned':
      return ['back', 'signIn'];
    case 'refused':
      if (SIGN_IN.includes(code)) return ['signIn', 'back'];
      return reasonOf(code).retry ? ['again', 'back'] : ['back'];
  }
}
