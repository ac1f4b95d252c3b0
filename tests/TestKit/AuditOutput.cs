using System.Collections.Concurrent;
using System.Text;
using Apc.ControlPlane.Api.Auditing;
using Microsoft.Extensions.DependencyInjection;

namespace Apc.TestKit;

/// <summary>Stands in for standard output, as far as the audit trail writes to it.</summary>
public sealed class AuditOutput : TextWriter
{
    private readonly ConcurrentQueue<string> _calls = new();

    public override Encoding Encoding => Encoding.UTF8;

    /// <summary>What was written, call by call.</summary>
    public IReadOnlyCollection<string> Calls => _calls;

    /// <summary>Puts this in the place of standard output.</summary>
    public void AddTo(IServiceCollection services)
        => services.AddSingleton(provider => ActivatorUtilities.CreateInstance<AuditLines>(provider, this));

    public override void Write(char value) => _calls.Enqueue(value.ToString());

    public override void Write(string? value) => _calls.Enqueue(value!);
}
