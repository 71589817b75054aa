/**
 * Classes, linear in the features: p_k = e^{z_k} / sum_j e^{z_j}, z = W phi (Bishop 2006, section 4.3.4). Learned from
 * targets y, a distribution (1 at the class, 0 elsewhere), by the loss -sum_k y_k ln p_k, whose slope at z_k is p_k - y_k.
 * y = 0 asks nothing, and nothing is learned from it.
 * gradient(k) is that of z_k. A prediction is the p of all classes: nothing that a discounted sum could be compared with.
 */
import { z } from 'zod';
import { linearHead } from '../linear-head.ts';
import { definePart } from '../part.ts';
import { crossEntropy, needsClasses, probabilities } from '../softmax.ts';
import type { Head, HeadNeeds } from '../types.ts';

export default definePart<Record<string, never>, HeadNeeds, Head>({
  cite: 'bishop2006pattern',
  summary: 'probabilities of classes, linear in the features, from targets; weights start at 0',
  options: z.strictObject({}),
  classes: () => true,
  create(_options, _rng, { size, outputs }) {
    needsClasses('softmax', outputs);
    const linear = linearHead(size, outputs);
    return {
      ...linear,
      linear: false, // its predictions are not
      noKernel: 'classes are learned on the reference path',
      ...crossEntropy,
      predict(phi, v) {
        linear.predict(phi, v);
        probabilities(v);
      },
    };
  },
});
