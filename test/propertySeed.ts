import fc from "fast-check";

/**
 * Property tests draw the same cases in every run, so that a failure is about the change at hand.
 * `PROPERTY_SEED=$RANDOM npx vitest run` draws others; a case that fails then becomes an example of its test.
 */
fc.configureGlobal({ seed: Number(process.env["PROPERTY_SEED"] ?? 20260101) });
