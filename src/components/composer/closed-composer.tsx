import { View } from '@tarojs/components';

interface ClosedComposerProps {
  /** Why nothing can be written. */
  reason: string;
  /** What the user can do about it. */
  action?: { readonly label: string; readonly onTap: () => void };
}

/** Stands in the place of the composer where the user may not write. */
export function ClosedComposer({ reason, action }: ClosedComposerProps) {
  return (
    <View className="composer closed">
      <View className="closed-text">{reason}</View>
      {action && (
        <View
          className="closed-action"
          hoverClass="button-pressed"
          ariaRole="button"
          onClick={action.onTap}
        >
          {action.label}
        </View>
      )}
    </View>
  );
}
