/// What the labels of a file are taken for.
public enum LabelReading: Sendable {
  /// Classes: whole numbers or text.
  case classes
  /// Numbers that a regression explains.
  case numbers
  /// Numbers where one of them has a fraction, otherwise classes.
  case automatic
}
