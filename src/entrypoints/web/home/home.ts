import type { View } from '../kit/index.ts';
import type { WebNeeds } from '../needs.ts';

export interface Home {
  readonly needs: WebNeeds;
  readonly view: View;
  readonly companyId: string;
  readonly now: Date;
}
