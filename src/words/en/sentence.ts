/** What a figure says where it cannot say what it would, and what is left out of the headline. */
export const sentence = {
  "sentence.nothing":
    "There is nothing to say yet: none of the figures of this sentence can be told from these data.",
  "notebook.unbooked":
    "Refunds of {amount} have no order in the files. They are taken off no figure here; Data health counts them.",
};
