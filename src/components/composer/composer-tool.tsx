import { View } from '@tarojs/components';
import type { ReactNode } from 'react';
import { classes } from '../ui/classes';

interface Described {
  /** Unique within a composer. */
  readonly key: string;
  /** The class that draws the button. */
  readonly className: string;
  readonly label: string;
}

/** A button that does something at once. */
interface TapTool extends Described {
  readonly onTap: () => void;
}

/** A button that opens a panel in the place of the keyboard. */
interface PanelTool extends Described {
  readonly panel: ReactNode;
}

/** A button that observes a store. A class hides it: adding or removing the node makes Taro send the whole row. */
interface DrawnTool {
  readonly key: string;
  readonly render: (hidden: boolean) => ReactNode;
}

/** A button of the composer besides emoji and send. The send button replaces all tools while there is text. */
export type ComposerTool = TapTool | PanelTool | DrawnTool;

interface ToolButtonProps {
  tool: ComposerTool;
  hidden: boolean;
  onToggle: (key: string) => void;
}

export function ToolButton({ tool, hidden, onToggle }: ToolButtonProps) {
  if ('render' in tool) return tool.render(hidden);
  return (
    <View
      className={classes('composer-tool', tool.className, hidden && 'composer-no-send')}
      ariaRole="button"
      ariaLabel={tool.label}
      onClick={() => ('panel' in tool ? onToggle(tool.key) : tool.onTap())}
    />
  );
}
