export { adadelta, adagrad, adamax, lion, moments, rectified, rmsprop } from "./steps";
