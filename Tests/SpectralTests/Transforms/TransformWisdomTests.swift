import Spectral
import Tensors
import Testing

@Suite struct TransformWisdomTests {
  /// FFTW's wisdom belongs to the process, so that each test takes one of its own.
  @Test func wisdomComesBackFromItsText() async {
    await #expect(processExitsWith: .success) {
      TransformWisdom.forget()
      let shipped = TransformWisdom.text(as: Double.self)
      TransformWisdom.measuring { _ = rfft(Tensor<Double>.zeros([1001])) }
      let measured = TransformWisdom.text(as: Double.self)
      precondition(measured.count > shipped.count)
      TransformWisdom.forget()
      precondition(TransformWisdom.text(as: Double.self).count == shipped.count)
      precondition(TransformWisdom.learn(measured, as: Double.self))
      precondition(TransformWisdom.text(as: Double.self).count == measured.count)
    }
  }

  @Test func damagedOrForeignWisdomIsRefused() {
    #expect(!TransformWisdom.learn("", as: Float.self))
    #expect(!TransformWisdom.learn("(fftw-3.3.10 fftwf_wisdom #x1", as: Float.self))
    #expect(!TransformWisdom.learn(TransformWisdom.text(as: Double.self), as: Float.self))
  }

  @Test func transformsAreTheSameAfterForgetting() async {
    await #expect(processExitsWith: .success) {
      let x = Tensor<Double>(shape: [96]) { x in for i in x.indices { x[i] = Double(i % 7) } }
      let before = rfft(x)
      TransformWisdom.forget()
      let after = rfft(x)
      precondition(before.elements == after.elements)
    }
  }
}
