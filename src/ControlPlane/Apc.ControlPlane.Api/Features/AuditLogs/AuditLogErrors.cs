
namespace Apc.ControlPlane.Api.Features.AuditLogs;
